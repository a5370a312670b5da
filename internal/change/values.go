package change

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"achyk/internal/locale"
)

// value is a value of a TOML file and the path of its key, as settings.Places.At takes it.
type value struct {
	text string
	path []any
}

// values are the values of a TOML file that are not empty, by names such as "time_zone",
// "title.ky", "clause 14 summary.ky" and "clause 14 check report-on-time parameters.days". An
// element of a list is named by what identifies it, and has itself as its value, so another
// order alters nothing and a removed element is one name.
type values map[string]value

// identities are the keys that identify an element of a list.
var identities = []string{"id", "amendment", "number", "code", "rule", "name"}

// valuesOf returns the values of a struct that is decoded from TOML.
func valuesOf(v any) values {
	all := values{}
	all.add(reflect.Indirect(reflect.ValueOf(v)), "", nil)
	return all
}

// add adds what a value holds. Numbers that are zero and texts that are empty were left out in
// the file; false is a value, because it says as much as true.
func (all values) add(v reflect.Value, name string, path []any) {
	text := ""
	switch x := v.Interface().(type) {
	case time.Time:
		if !x.IsZero() {
			text = x.Format(time.DateOnly)
		}
	case locale.Text:
		for code, said := range x.Translations() {
			all[join(name, code)] = value{said, append(path[:len(path):len(path)], code)}
		}
	default:
		switch v.Kind() {
		case reflect.Struct:
			all.addFields(v, name, path)
		case reflect.Slice:
			text = all.addItems(v, name, path)
		case reflect.Map:
			for _, key := range v.MapKeys() {
				all.add(v.MapIndex(key), join(name, key.String()), append(path[:len(path):len(path)], key.String()))
			}
		case reflect.Pointer, reflect.Interface:
			if !v.IsNil() {
				all.add(v.Elem(), name, path)
			}
		case reflect.Bool:
			text = strconv.FormatBool(v.Bool())
		default:
			if !v.IsZero() {
				text = fmt.Sprint(x)
			}
		}
	}
	if text != "" {
		all[name] = value{text, path}
	}
}

func (all values) addFields(v reflect.Value, name string, path []any) {
	for i := range v.NumField() {
		if key := v.Type().Field(i).Tag.Get("toml"); key != "" && key != "-" {
			all.add(v.Field(i), join(name, key), append(path[:len(path):len(path)], key))
		}
	}
}

// addItems adds the elements of a list of tables. It returns a list of other values as a text.
func (all values) addItems(v reflect.Value, name string, path []any) string {
	var words []string
	times := map[string]int{}
	for i := range v.Len() {
		item, at := v.Index(i), append(path[:len(path):len(path)], i)
		if item.Kind() != reflect.Struct || item.Type() == reflect.TypeFor[time.Time]() {
			words = append(words, fmt.Sprint(item.Interface()))
			continue
		}
		id := identity(item)
		if id == "" {
			id = strconv.Itoa(i + 1)
		}
		element := name + " " + id + " "
		if times[id]++; times[id] > 1 { // a clause may use a rule twice
			element += strconv.Itoa(times[id]) + " "
		}
		all[element] = value{id, at}
		all.addFields(item, element, at)
	}
	return strings.Join(words, ", ")
}

// identity returns what identifies an element of a list, or "".
func identity(item reflect.Value) string {
	for i := range item.NumField() {
		if f := item.Type().Field(i); slices.Contains(identities, f.Tag.Get("toml")) && f.Type.Kind() == reflect.String {
			return item.Field(i).String()
		}
	}
	return ""
}

// join names a key of a table. The name of an element of a list ends with a space.
func join(table, key string) string {
	if table == "" || strings.HasSuffix(table, " ") {
		return table + key
	}
	return table + "." + key
}
