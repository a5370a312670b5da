package report

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/url"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/locale"
)

// checkSARIF writes findings as SARIF 2.1.0, which code hosts and editors read, in one line. Columns are
// counted in characters. The address in a spreadsheet stands in the message, as readers of
// SARIF show no other place than line and column.
func checkSARIF(w io.Writer, c *Check, p *locale.Printer) error {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Language: p.Lang().String(), Results: []sarifResult{}}
	run.Tool.Driver.Name = "Achyk"
	index := map[diag.Code]int{}
	for i, code := range diag.Codes {
		index[code] = i
		rule := sarifRule{ID: string(code), Short: sarifText{General(code, "what", p)}, Help: sarifText{General(code, "mend", p)}}
		rule.Configuration.Level = code.Severity().String()
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, rule)
	}
	seen := map[string]int{}
	for i := range c.Problems {
		d := &c.Problems[i]
		same := sameness(d)
		seen[same]++
		result := sarifResult{
			Rule: string(d.Code), Index: index[d.Code], Level: d.Severity().String(), Message: sarifText{located(d, p)},
			Fingerprints: map[string]string{"achykFinding/v1": fmt.Sprintf("%x", sha256.Sum256(fmt.Append(nil, same, "\x00", seen[same])))[:32]},
			Locations:    []sarifLocation{},
		}
		if d.Name() != "" {
			result.Locations = append(result.Locations, locationOf(d))
		}
		run.Results = append(run.Results, result)
	}
	return NewEncoder(w).Encode(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

// sameness is what a finding has in common with itself before rows were moved: the code, the record and
// the column, or else the file and the value. It says nothing of personal data.
func sameness(d *diag.Diagnostic) string {
	column, _ := d.Args["column"].(string)
	key, _ := d.Args["key"].(string)
	parts := []string{string(d.Code), d.Name(), d.Register, d.ID, column, key}
	if d.ID == "" && !d.Code.Personal() {
		parts = append(parts, d.Value)
	}
	return strings.Join(parts, "\x00")
}

func locationOf(d *diag.Diagnostic) (l sarifLocation) {
	l.Physical.Artifact = sarifArtifact{(&url.URL{Path: d.Name()}).String(), "%SRCROOT%"}
	region := sarifRegion{StartLine: 1} // GitHub requires a region, also where there is no file
	if d.File != nil {
		start, end := d.Position(), d.File.Position(max(d.Span.Start, d.Span.End))
		region = sarifRegion{start.Line, start.Column, end.Line, end.Column}
	}
	l.Physical.Region = region
	if d.Register != "" || d.ID != "" {
		l.Logical = []sarifLogical{{strings.Trim(d.Register+"/"+d.ID, "/"), "member"}}
	}
	return l
}

// The parts of SARIF that are written.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool struct {
			Driver struct {
				Name  string      `json:"name"`
				Rules []sarifRule `json:"rules"`
			} `json:"driver"`
		} `json:"tool"`
		Language   string        `json:"language"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifRule struct {
		ID            string    `json:"id"`
		Short         sarifText `json:"shortDescription"`
		Help          sarifText `json:"help"`
		Configuration struct {
			Level string `json:"level"`
		} `json:"defaultConfiguration"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		Rule         string            `json:"ruleId"`
		Index        int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Fingerprints map[string]string `json:"partialFingerprints"`
	}
	sarifLocation struct {
		Physical struct {
			Artifact sarifArtifact `json:"artifactLocation"`
			Region   sarifRegion   `json:"region"`
		} `json:"physicalLocation"`
		Logical []sarifLogical `json:"logicalLocations,omitempty"`
	}
	sarifArtifact struct {
		URI  string `json:"uri"`
		Base string `json:"uriBaseId"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
	sarifLogical struct {
		Name string `json:"fullyQualifiedName"`
		Kind string `json:"kind"`
	}
)
