package opendata

import (
	"io"

	"achyk/internal/dataset"
	"achyk/internal/files"
)

// AddFrozen adds the files of a version that never changes again to the index: the CSV and
// Table Schema of each register and a Data Package of each municipality. Their paths begin
// with folder, which ends with a slash. They depend on the snapshot alone. as returns the
// bytes of a register that has to be published as it was committed, because it cannot be read
// whole, and nil for any other. Such a register is not described, since the description might
// be wrong about it.
func AddFrozen(index *files.Index, s dataset.Snapshot, folder string, as func(register string) []byte) error {
	for _, m := range s.Data.Municipalities {
		w, at := newWhole(s, m), folder+m.ID+"/"
		var described []*register
		for _, r := range w.registers {
			path := at + r.Schema.Name + ".csv"
			if raw := as(r.Label); raw != nil {
				if _, err := index.Add(files.File{Path: path, About: files.About{Kind: csvForm.Kind}, Write: func(w io.Writer) error {
					_, err := w.Write(raw)
					return err
				}}); err != nil {
					return err
				}
				continue
			}
			var err error
			if r.file, err = index.Add(files.File{Path: path, About: files.About{Kind: csvForm.Kind}, Write: r.csv}); err != nil {
				return err
			}
			if _, err := index.Add(files.File{Path: at + r.Schema.Name + ".schema.json", About: files.About{Kind: schemaForm.Kind}, Write: r.descriptor}); err != nil {
				return err
			}
			described = append(described, r)
		}
		if len(described) == 0 {
			continue
		}
		p := w.dataPackage()
		if s.Data.Site.BaseURL != "" {
			p.ID = s.Address(at + "datapackage.json")
		}
		if _, err := index.Add(files.File{Path: at + "datapackage.json", About: files.About{Kind: packageKind, Dataset: true}, Write: func(w io.Writer) error {
			return p.write(w, described, func(r *register) string { return r.Schema.Name + ".csv" })
		}}); err != nil {
			return err
		}
	}
	return nil
}
