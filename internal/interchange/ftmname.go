package interchange

import (
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
)

// nameParts are the properties that hold a person's name in parts, in the order in
// which these are read together.
var nameParts = []string{"firstName", "secondName", "middleName", "fatherName", "lastName", "motherName"}

// mostJoined bounds the names that are made of parts of several values each.
const mostJoined = 16

// partNames states the names of a person whom the files give only parts of one: of
// all parts, and of first and last names, by which texts speak of them. The parts
// stay as they are.
func (m *ftmMaker) partNames() {
	whole, short := []string{""}, []string{""}
	var parts []string
	for _, part := range nameParts {
		values := slices.Sorted(slices.Values(m.line.of(part)))
		if len(values) == 0 {
			continue
		}
		parts = append(parts, part)
		whole = joined(whole, values)
		if part == "firstName" || part == "lastName" {
			short = joined(short, values)
		}
	}
	if len(parts) == 0 {
		return
	}
	property, told := "name", []string{""}
	for _, name := range slices.Concat(whole, short) {
		if slices.Contains(told, name) {
			continue
		}
		told = append(told, name)
		m.add(statement.Statement{Subject: m.key.String(), Property: property, Value: name, Qualifiers: map[string][]string{ftmOwn: parts}}, false)
		property = "otherNames"
	}
}

// joined puts each value after each name, as far as mostJoined allows.
func joined(names, values []string) (list []string) {
	for _, name := range names {
		for _, value := range values {
			if name != "" {
				value = name + " " + value
			}
			if list = append(list, value); len(list) == mostJoined {
				return list
			}
		}
	}
	return list
}
