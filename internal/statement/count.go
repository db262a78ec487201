package statement

import (
	"fmt"
	"strconv"
	"strings"
)

// Tallied is a published count, read: 1085 (exact), 1000~ (about), 65.. (at
// least), ..1000~ (nearly), 800~.. (just over), 65..99 (between).
type Tallied struct {
	Min, Max    *int64 // nil: open
	Approximate bool   // a bound is marked with ~
	Exact       bool   // one number, without ~
}

// ParseCount reads a published count.
func ParseCount(text string) (Tallied, error) {
	low, high, ranged := strings.Cut(text, "..")
	var t Tallied
	var err error
	if t.Min, err = t.bound(low); err == nil && ranged {
		t.Max, err = t.bound(high)
	}
	switch {
	case err != nil:
		return Tallied{}, fmt.Errorf("count %s: %w", quote(text), err)
	case t.Min == nil && t.Max == nil:
		return Tallied{}, fmt.Errorf("count %s holds no number (write 1085, 65.., ..1000~ or 65..99)", quote(text))
	case t.Min != nil && t.Max != nil && *t.Min > *t.Max:
		return Tallied{}, fmt.Errorf("count %s: the first number is larger than the last", quote(text))
	}
	if !ranged {
		t.Max, t.Exact = t.Min, !t.Approximate
	}
	return t, nil
}

func (t *Tallied) bound(text string) (*int64, error) {
	if text == "" {
		return nil, nil
	}
	digits, approximate := strings.CutSuffix(text, "~")
	n, err := strconv.ParseInt(digits, 10, 32)
	if err != nil || n < 0 || digits[0] == '+' || digits[0] == '-' {
		return nil, fmt.Errorf("%s is no whole number up to 2147483647 (write 1085, 65.., ..1000~ or 65..99)", quote(text))
	}
	t.Approximate = t.Approximate || approximate
	return &n, nil
}
