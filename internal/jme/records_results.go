package jme

import "achyk/internal/locale"

// Recommendation is what the monitor advises.
type Recommendation struct {
	ID        string        `csv:"id"`
	Finding   Ref[Finding]  `csv:"finding"`
	Addressee string        `csv:"addressee"`
	Provider  Ref[Provider] `csv:"provider"`
	Text      locale.Text   `csv:"recommendation"`
	Due       Date          `csv:"due"`

	Measures []*Measure `csv:"-"`
}

// Report closes an assessment (Osh, clause 17).
type Report struct {
	ID          string          `csv:"id"`
	Assessment  Ref[Assessment] `csv:"assessment"`
	Delivered   Date            `csv:"delivered"`
	Document    string          `csv:"document"`
	Conclusions locale.Text     `csv:"conclusions"`
}

// AnalyticLetter is the record of a letter to the residents (Osh, clause 19). Its text is
// in Municipality.LetterTexts.
type AnalyticLetter struct {
	ID      string      `csv:"id"`
	Year    int         `csv:"year"`
	Date    Date        `csv:"date"`
	Title   locale.Text `csv:"title"`
	Panel   Ref[Panel]  `csv:"panel"`
	Reports string      `csv:"reports"` // ids, separated by spaces
}

// Publication says where and when a record was made public.
type Publication struct {
	ID              string      `csv:"id"`
	SubjectRegister string      `csv:"subject_register"`
	Subject         string      `csv:"subject"`
	Channel         string      `csv:"channel"`
	Published       Date        `csv:"published"`
	Place           locale.Text `csv:"place"`
	URL             string      `csv:"url"`
}

// Distribution is the sending of an analytic letter (Osh, clause 22).
type Distribution struct {
	ID            string              `csv:"id"`
	Letter        Ref[AnalyticLetter] `csv:"letter"`
	RecipientKind string              `csv:"recipient_kind"`
	Recipient     locale.Text         `csv:"recipient"`
	Sent          Date                `csv:"sent"`
	Copies        Number              `csv:"copies"`
}
