// Package timeline writes the history of a record as text for people and as JSON, one object a line,
// for programs, as package report writes findings. It is a room of its own because the desk in a
// browser reports findings and knows no git.
package timeline

import (
	"fmt"
	"io"
	"strings"
	"time"

	"achyk/internal/history"
	"achyk/internal/locale"
	"achyk/internal/report"
	"achyk/internal/table"
)

// Timeline is the history of one record.
type Timeline struct {
	Register, ID string        // "osh/findings", "water-1"
	Schema       *table.Schema // for the titles of columns; may be nil
	Changes      []history.Change
}

// Text writes of each change when it was made, by whom, its kind and commit, whether
// the commit is signed, its message, and the cells that changed.
func Text(w io.Writer, t Timeline, p *locale.Printer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s/%s: %s\n", report.Visible(t.Register), report.Visible(t.ID), p.N("history.changes", len(t.Changes)))
	for _, c := range t.Changes {
		when, who := p.T("history.undated"), p.T("history.unnamed")
		if !c.Commit.Time.IsZero() {
			when = p.DateTime(c.Commit.Time)
		}
		if c.Commit.Author != "" {
			who = report.Visible(c.Commit.Author)
		}
		fmt.Fprintf(&b, "\n%s – %s – %s [%.10s]\n", when, who, p.T("history.kind."+string(c.Kind)), c.Commit.Hash)
		if s := c.Commit.Signature; s.Status != "" {
			fmt.Fprintf(&b, "  %s\n", p.F("signature."+string(s.Status), locale.Args{"Signer": report.Visible(s.Signer)}))
		}
		for line := range strings.Lines(c.Commit.Subject + "\n" + c.Commit.Body) {
			if line = report.Visible(strings.TrimSpace(line)); line != "" {
				fmt.Fprintf(&b, "  %s\n", line)
			}
		}
		if c.Touch.Skipped > 0 {
			fmt.Fprintf(&b, "  %s\n", p.N("history.skipped", c.Touch.Skipped))
		}
		if c.Touch.From != "" {
			fmt.Fprintf(&b, "  %s\n", p.F("history.moved", locale.Args{"From": report.Visible(c.Touch.From), "To": report.Visible(c.Touch.Path)}))
		}
		for _, cell := range c.Cells {
			fmt.Fprintf(&b, "    %s: %s\n", report.Heading(t.Schema, cell.Column, p), cellText(cell, c.Kind, p))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func cellText(c history.Cell, kind history.Kind, p *locale.Printer) string {
	text := func(s string) string {
		if s == "" {
			return p.T("history.empty")
		}
		return report.Visible(s)
	}
	switch kind {
	case history.Created:
		return text(c.New)
	case history.Removed:
		return text(c.Old)
	}
	return text(c.Old) + " → " + text(c.New)
}

// change is a change of a record in JSON.
type change struct {
	Kind     string       `json:"kind"` // always "change"
	Register string       `json:"register"`
	ID       string       `json:"id"`
	Change   history.Kind `json:"change"`
	Commit   string       `json:"commit"`
	Date     string       `json:"date"` // RFC 3339, by the author's clock; empty if the commit has no valid date
	Author   string       `json:"author"`
	Subject  string       `json:"subject"`
	Body     string       `json:"body"`
	Signed   string       `json:"signature,omitempty"` // "verified", "unverified" or "wrong"; left out if the commit is not signed
	Signer   string       `json:"signer,omitempty"`    // the name, if the signature is verified
	File     string       `json:"file"`
	From     string       `json:"from,omitempty"`    // the old path, if the commit moved the file
	Skipped  int          `json:"skipped,omitempty"` // versions between this and the one before that could not be read
	Cells    []cell       `json:"cells"`
}

type cell struct {
	Column string `json:"column"`
	Old    string `json:"old"`
	New    string `json:"new"`
}

// JSON writes each change as an object. The names are part of the public contract.
func JSON(w io.Writer, t Timeline, _ *locale.Printer) error {
	encoder := report.NewEncoder(w)
	for _, c := range t.Changes {
		date := ""
		if !c.Commit.Time.IsZero() {
			date = c.Commit.Time.Format(time.RFC3339)
		}
		cells := make([]cell, len(c.Cells))
		for i, x := range c.Cells {
			cells[i] = cell(x)
		}
		err := encoder.Encode(change{
			Kind: "change", Register: t.Register, ID: t.ID, Change: c.Kind,
			Commit: c.Commit.Hash, Date: date, Author: c.Commit.Author, Subject: c.Commit.Subject, Body: c.Commit.Body,
			Signed: string(c.Commit.Signature.Status), Signer: c.Commit.Signature.Signer,
			File: c.Touch.Path, From: c.Touch.From, Skipped: c.Touch.Skipped, Cells: cells,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
