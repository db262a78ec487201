package statement

import (
	"fmt"
	"testing"
)

func TestParseCount(t *testing.T) {
	show := func(n *int64) string {
		if n == nil {
			return "-"
		}
		return fmt.Sprint(*n)
	}
	for text, want := range map[string]string{
		"1085": "1085 1085 exact", "65..": "65 -", "..1000~": "- 1000 about", "800~..": "800 - about", "1000~": "1000 1000 about", "65..99": "65 99", "0": "0 0 exact",
	} {
		c, err := ParseCount(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		got := show(c.Min) + " " + show(c.Max)
		if c.Exact {
			got += " exact"
		}
		if c.Approximate {
			got += " about"
		}
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{"", "..", "-1", "+1", "1.5", "many", "99..65", "1~~", "..~", "3000000000", "1...2"} {
		if c, err := ParseCount(text); err == nil {
			t.Errorf("%q is read as %+v", text, c)
		}
	}
}
