package opendata

import "io"

// Frozen lists the files of a version that does not change any more: each register's CSV
// and Table Schema, and a Data Package of each municipality, below folder. What they hold
// follows from the data of that version alone. as gives the bytes of a register that is
// to be published as it was committed, because it cannot be read whole; nil of any other.
func Frozen(o Options, folder string, as func(register string) []byte) []File {
	var files []File
	for _, m := range o.Data.Municipalities {
		at := folder + m.ID + "/"
		var own []resource
		for _, t := range m.Tables {
			r := register{t, m, o}
			if raw := as(t.Label); raw != nil {
				files = append(files, File{at + t.Schema.Name + ".csv", func(w io.Writer) error {
					_, err := w.Write(raw)
					return err
				}})
				continue // a description would promise what the file does not keep
			}
			own = append(own, newResource(r))
			files = append(files, File{at + t.Schema.Name + ".csv", r.csv}, File{at + t.Schema.Name + ".schema.json", r.descriptor})
		}
		p := o.municipality(m)
		if base := o.Data.Site.BaseURL; base != "" {
			p.ID = base + at + "datapackage.json"
		}
		if len(own) > 0 {
			files = append(files, File{at + "datapackage.json", func(w io.Writer) error {
				return p.write(w, own, func(r resource) string { return r.Schema.Name + ".csv" })
			}})
		}
	}
	return files
}
