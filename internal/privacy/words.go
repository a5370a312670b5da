package privacy

import (
	"slices"
	"strings"
)

// Beginnings of words in small letters, Kyrgyz, Russian and English.
var (
	streets = stems("көчө улиц проспект переул микрорайон кичирайон жилмассив туюгу street avenue")
	houses  = stems("үй дом house")
	flats   = stems("батир квартир apartment apt flat")
	living  = stems("жашайт жашап жашаг прожива прописан үйүндө resides lives")
	births  = stems("туулг рожден рождён родил birth born")
	feasts  = stems("арнал жылдыг майрам юбиле посвящ annivers мааракес")
	months  = stems("январ феврал март апрел май мая июн июл август сентябр октябр ноябр декабр jan feb mar apr may jun jul aug sep oct nov dec")

	// Many people of one year are a figure, not a person.
	groupsOfPeople = stems("бала наристе дет дете ребен ребён жаран граждан лиц адамдар кишилер child people persons infants окуучу ученик")

	illnesses = stems("ооруй ооруп ооруган оорулуу оорусу дарты майып диагно туберкул учук шизофрен эпилепс гепатит диабет вич спид инвалид " +
		"болеет болел болен больна беремен бойлуу психиатр нарколог наркоман алкогол рак онколог hiv aids diagnos disab tubercul epilep hepatit pregnan schizophren cancer diabet")
	manyIll      = stems("майыптар инвалидд ракет ракур ракуш спидо")
	manyIllWords = stems("инвалиды инвалидов инвалидам инвалидами инвалидах раковина раковины disabilities диагностика диагностикасы диагностический диагностики")
	healers      = stems("борбор центр оорукан больниц поликлин диспансер клиник дарыгер врач доктор hospital cent clinic doctor пандус ramp")

	// places and bodies are words of names that are no person's.
	places = stems("айыл аймак шаар город район облус област кыргыз республик city village district aiyl ayil aimak kyrgyz republic")
	bodies = stems("кеңеш кенеш мэри муницип өкмөт окмот бөлүм отдел управлен башкармал министр мамлекет госуд фонд бирикме объединен ассоциац " +
		"уюм организац ишкана предприят жчк осоо мектеп школ бакча комисси борбор центр аппарат кызмат служб " +
		"council kenesh municipal office department ministry foundation association centre center state commission llc")
	offices = slices.Concat(places, bodies)

	// publics are buildings and bodies whose address everybody may know.
	publics = append(stems("кеңсе имарат здани оорукан больниц поликлин детск сад клуб маданият культур библиотек китепкан аптек базар рын офис насос скважин котельн аялдам остановк парк аянтча "+
		"площадк трансформатор hall school clinic hospital market building park library pump"), bodies...)

	// programs are words of names that programs give to whoever uses them.
	programs = stems("admin administrator administrador user users пользователь колдонуучу microsoft windows office word excel libreoffice openoffice apache poi python docx openpyxl " +
		"author unknown owner canon nikon sony samsung apple iphone scanner adobe acrobat pdf xerox hp epson kyocera google docs wps админ администратор")
)

func stems(list string) []string { return strings.Fields(list) }
