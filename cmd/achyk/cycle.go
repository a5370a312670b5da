package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"achyk/internal/clerk"
	"achyk/internal/locale"
	"achyk/internal/pipeline"
)

// farthest is how many years ahead a year is laid out: a plan rests on the calendar of days off.
const farthest = 5

// newCycle lays out a year: it prints its plan, and writes drafts into a folder if one is given.
func (a *app) newCycle(year, municipality, folder string, today time.Time, yes bool) error {
	n, err := strconv.Atoi(year)
	fits := func(present int) error {
		if err != nil || n < present || n > present+farthest {
			return &usageError{a.tell("cycle.year", locale.Args{"Year": year, "From": strconv.Itoa(present), "To": strconv.Itoa(present + farthest), "Next": strconv.Itoa(present + 1)})}
		}
		return nil
	}
	plan, drafts, err := clerk.Cycle(pipeline.Options{Source: a.source, AsOf: today}, municipality, n, a.say, fits)
	if err != nil {
		return a.meant(err)
	}
	if folder == "" {
		if _, err := a.out.Write(drafts["plan.md"]); err != nil {
			return err
		}
		if len(plan.Drafts) > 0 {
			fmt.Fprintln(a.out, "\n"+a.tell("cycle.sheets", locale.Args{"Year": year}))
		}
		return nil
	}
	if err := a.apart("drafts", folder, "../drafts", true); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(drafts)) {
		if _, err := os.Stat(filepath.Join(folder, name)); err == nil && !yes {
			return &usageError{a.tell("export.exists", locale.Args{"Path": filepath.Join(folder, name)})}
		}
	}
	if err := clerk.WriteAll(folder, drafts); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(drafts)) {
		fmt.Fprintln(a.out, a.tell("import.written", locale.Args{"Path": filepath.Join(folder, name)}))
	}
	return nil
}
