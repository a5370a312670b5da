package opendata

import (
	"strings"
	"time"

	"achyk/internal/table"
)

// local splits a time into the day and the hour that the municipality's clocks show at
// that moment: "2026-03-01", "17:00" or "17:00:30". Forms that have no room for an offset
// write these two. ok is false if the time has another offset than the clocks have then;
// such a time has to be written as it is, with its offset, or it would be read as another
// moment. It is false, too, for one of the two moments that have the same day and hour
// because the clocks are put back.
func (t town) local(v string) (day, clock string, ok bool) {
	at, ok := table.ParseTime(v)
	if !ok {
		return "", "", false
	}
	day, clock, _ = strings.Cut(strings.TrimSuffix(v, "Z"), "T")
	if i := strings.LastIndexAny(clock, "+-"); i >= 0 {
		clock = clock[:i]
	}
	layout := "2006-01-02 15:04"
	switch len(clock) {
	case len("17:00"):
	case len("17:00:30"):
		layout += ":05"
	default:
		return "", "", false
	}
	shown, err := time.ParseInLocation(layout, day+" "+clock, t.zone)
	return day, clock, err == nil && shown.Equal(at)
}
