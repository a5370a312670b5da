//go:build js && wasm

package main

import (
	"path"
	"slices"
	"strings"

	"achyk/internal/attachment"
	"achyk/internal/desk"
	"achyk/internal/photo"
	"achyk/internal/source"
)

// document makes a file fit to be published beside the records: it gets a name that every system can have,
// and a photo loses what cameras note and is made smaller. What cannot be published is said.
func (d *browser) document(name string, data []byte) desk.Input {
	in := desk.Input{File: &source.File{Path: name, Data: data}}
	if photo.Is(name, data) {
		made, refused := photo.Publish(name, data)
		if refused != nil {
			in.Refused = refused
			return in
		}
		in.Data, name = made.Data, made.Named(name)
	}
	dir, ending := "content/"+d.town.ID+"/files/", path.Ext(name)
	in.Put = dir + attachment.Name(strings.TrimSuffix(name, ending), "", ending, func(name string) bool {
		_, published := d.repository.Data.Files[dir+name]
		return published || slices.ContainsFunc(d.inputs, func(other desk.Input) bool { return other.Put == dir+name })
	})
	return in
}
