// Package locale is everything the program knows about Kyrgyz, Russian and
// English: which languages there are, texts kept in all three, the program's own
// messages, and how each language counts, writes dates and numbers, and sorts.
//
// # Texts
//
// A [Text] comes from the data: a title written by the municipality in up to three
// languages. Kyrgyz is the original, so a missing translation falls back to it, and
// [Text.Resolve] says which language the reader really gets, for the lang attribute.
//
// # Messages
//
// A message comes from the program. Messages live in messages/<area>.<lang>.toml and
// are known by their dotted path in the file; a path belongs to one area only:
//
//	[deadline]
//	unknown = "The start date is not recorded."          # T("deadline.unknown")
//	until   = "The mayor's office has {{.Due.Until}}."   # F("deadline.until", Args{"Due": t})
//	[deadline.days_left]                                 # N("deadline.days_left", 12)
//	one   = "{{.Count}} day left"
//	other = "{{.Count}} days left"
//
// A counted message has the forms one and other in Kyrgyz and English; one, few,
// many and other in Russian. Any other message is a plain string. These words, and
// id, description, hash and translation, are therefore never the last part of a key.
// Messages are plain text: what they are put into does the escaping.
//
// Arguments are said in the language of the message:
//
//	time.Time        the date; also {{.Due.Until}} .Since .On .AsOf .Short .Clock .Month
//	int, int64       grouped, "1 234": pass years and identifiers as strings
//	decimal.Decimal  as [Printer.Number] writes it
//	In(Lang) string  whatever the value says of itself; a [Text] is one
//	anything else    as package fmt prints it
//
// A mistake of the programmer is never hidden and never fatal: an unknown key, a
// missing argument or a zero time appears as ⟦key⟧, which no page may contain.
//
// # Dates, numbers, order
//
// Dates are written as Kyrgyz offices write them ("2026-жылдын 30-ноябры"), which is
// not what CLDR says. A time is shown in its own location. Numbers are the exact
// decimal texts of the registers, grouped and never converted. Kyrgyz order follows
// the alphabet of 36 letters; see [Printer.Compare]. Text is expected in Unicode
// normal form C, as the registers keep it.
package locale
