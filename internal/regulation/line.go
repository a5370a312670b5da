package regulation

import (
	"fmt"
	"strings"
	"time"
)

// Line is the outcome as cases have it (package cases), without its clause and its sentence.
func (o *Outcome) Line() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %d", o.Kind, o.Year)
	if o.Subject.ID != "" {
		fmt.Fprintf(&b, " %s/%s", o.Subject.Register, o.Subject.ID)
	}
	for _, day := range []struct {
		name string
		time.Time
	}{{"due", o.Due}, {"latest", o.Latest}, {"done", o.Done}} {
		if !day.IsZero() {
			fmt.Fprintf(&b, " %s %s", day.name, day.Format(time.DateOnly))
		}
	}
	if o.DaysLate > 0 {
		fmt.Fprintf(&b, " late %d", o.DaysLate)
	}
	return b.String()
}
