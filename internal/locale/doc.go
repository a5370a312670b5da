// Package locale holds what the program knows about Kyrgyz, Russian and English: texts kept in
// all three, the program's own messages, and how each language counts, writes dates and numbers,
// and sorts.
//
// # Texts
//
// A [Text] comes from the data: a title that the municipality wrote in up to three languages.
// Kyrgyz is the original, so a reader gets it where a translation is missing. [Text.Resolve]
// says which language the reader gets; pages need it for the lang attribute.
//
// # Messages
//
// A message comes from the program. Messages live in messages/<area>.<lang>.toml. The key of a
// message is its dotted path in the file; all areas share one set of keys:
//
//	[deadline]
//	unknown = "The start date is not recorded."          # T("deadline.unknown")
//	until   = "The mayor's office has {{.Due.Until}}."   # F("deadline.until", Args{"Due": t})
//	[deadline.days_left]                                 # N("deadline.days_left", 12)
//	one   = "{{.Count}} day left"
//	other = "{{.Count}} days left"
//
// A counted message has the forms one and other in Kyrgyz and English, and one, few, many and
// other in Russian. Any other message is a plain string. The names of the forms, and id,
// description, hash and translation, have a meaning in the files and cannot be the last part of
// a key. Messages are plain text; whoever puts one into HTML or a terminal escapes it there.
//
// Arguments are said in the language of the message:
//
//	time.Time        the date; also {{.Due.Until}} .Since .On .AsOf .Short .Clock .Month
//	int, int64       grouped, "1 234": pass years and identifiers as strings; of an int, which
//	                 includes Count, also {{.Count.Ablative}} .Possessive with the ending of Kyrgyz
//	decimal.Decimal  as [Printer.Number] writes it
//	string           as it is, taken to be in the language of the message
//	Text             as [Text.Resolve] finds it
//	Quoted           a Text in the quotation marks of the language
//	Recorded         a text of the data in one unknown language, see [Guess]
//	Clause           the number of a clause with the letter of the language, "13а"
//	List             any arguments, with commas between them
//	Parts            a sentence said before
//	Parts(Lang) Parts, In(Lang) string
//	                 what a value with such a method says of itself
//	anything else    as package fmt prints it
//
// # Parts
//
// A sentence can contain texts in other languages: a name without a translation, a title in
// quotation marks. [Printer.Parts] and [Printer.CountedParts] say a message as [Parts], each with
// its language. The parts add up to the sentence that [Printer.F] and [Printer.NF] return. The
// languages are kept beside the text and no character of a text has a meaning, so a text comes
// out as it went in.
//
// # Mistakes
//
// A mistake of the programmer is shown and does not stop the program: an unknown key, a missing
// argument or a zero time appears as ⟦key⟧. Tests of the built site fail for a page with that.
//
// # Dates, numbers, order
//
// Dates are written as Kyrgyz offices write them ("2026-жылдын 30-ноябры"), which differs from
// CLDR. A time is shown in its own location. Numbers are the decimal texts of the registers,
// grouped and never converted to binary. Kyrgyz order follows the alphabet of 36 letters; see
// [Printer.Compare]. Texts are expected in Unicode normal form C, which the registers require.
package locale
