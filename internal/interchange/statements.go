// Package interchange reads and writes files, one file of code a format.
//
// # The statement file
//
// JSON lines. The first is {"vinculo":"statements","version":1}; then each line is
// a statement with the keys of [statement.Statement], or one of
//
//	{"retract":id,"reason":…}
//	{"set":id,"rank"|"visibility"|"verification":…,"reason":…}
//	{"purged":id,"reason":…}
//
// each with `at` and `by` if it comes out of a store. A complete backup's header
// also has secret, created and sequence, and each of its commits opens with
// {"commit":sequence,"at":…,"by":…,"reason":…}. Unknown keys are errors.
package interchange

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/vinculo/vinculo/internal/statement"
)

// StatementHeader is the first line of a statement file.
const StatementHeader = `{"vinculo":"statements","version":1}`

// entry is a line of a statement file: exactly one of statement, retract and set is
// set, or none (the opening of a commit).
type entry struct {
	statement *statement.Statement
	retract   string
	set       *statement.Setting
	reason    string // of retract and set
}

// statementKeys and the keys of the other kinds of lines, each kind by the key that
// tells it. What is between commits is made anew by the store: at, by and sequence
// are read and dropped.
var (
	statementKeys = []string{
		"id", "subject", "property", "value", "lang", "entity", "qualifiers", "link", "source", "locator", "words",
		"claimedBy", "attribution", "denies", "verification", "rank", "visibility", "at", "by",
	}
	otherKeys = []struct {
		kind string
		keys []string
	}{
		{"retract", []string{"retract", "reason", "at", "by"}},
		{"set", []string{"set", "rank", "visibility", "verification", "reason", "at", "by"}},
		{"purged", []string{"purged", "reason", "at", "by"}},
		{"commit", []string{"commit", "reason", "at", "by"}},
	}
)

// parsed is a line whose keys are known, before its kind is.
type parsed struct {
	statement.Statement
	retract, set, purged, reason string
	commit                       uint64
	seen                         []string
}

// keyTexts gives the keys whose value is a string, and where it belongs.
var keyTexts = map[string]func(*parsed) *string{
	"id":           func(p *parsed) *string { return &p.ID },
	"subject":      func(p *parsed) *string { return &p.Subject },
	"property":     func(p *parsed) *string { return &p.Property },
	"value":        func(p *parsed) *string { return &p.Value },
	"lang":         func(p *parsed) *string { return &p.Lang },
	"entity":       func(p *parsed) *string { return &p.Entity },
	"link":         func(p *parsed) *string { return &p.Link },
	"source":       func(p *parsed) *string { return &p.Source },
	"locator":      func(p *parsed) *string { return &p.Locator },
	"words":        func(p *parsed) *string { return &p.Words },
	"claimedBy":    func(p *parsed) *string { return &p.ClaimedBy },
	"attribution":  func(p *parsed) *string { return &p.Attribution },
	"verification": func(p *parsed) *string { return &p.Verification },
	"rank":         func(p *parsed) *string { return &p.Rank },
	"visibility":   func(p *parsed) *string { return &p.Visibility },
	"at":           func(p *parsed) *string { return &p.At },
	"by":           func(p *parsed) *string { return &p.By },
	"retract":      func(p *parsed) *string { return &p.retract },
	"set":          func(p *parsed) *string { return &p.set },
	"purged":       func(p *parsed) *string { return &p.purged },
	"reason":       func(p *parsed) *string { return &p.reason },
}

// target gives where the value of a key belongs, nil if there is no such key.
func (p *parsed) target(key string) any {
	switch key {
	case "qualifiers":
		return &p.Qualifiers
	case "denies":
		return &p.Denies
	case "commit":
		return &p.commit
	}
	if text := keyTexts[key]; text != nil {
		return text(p)
	}
	return nil
}

// parseLine reads a line after the header. Its errors are those of the line alone;
// what a store has to say about it is not known yet.
func parseLine(text []byte) (entry, error) {
	var p parsed
	err := object(text, func(key string, raw []byte) error {
		target := p.target(key)
		if target == nil {
			return fmt.Errorf("%s is not a known key", quote(key))
		}
		p.seen = append(p.seen, key)
		return value(key, raw, target)
	})
	if err != nil {
		return entry{}, err
	}
	if p.At != "" {
		if _, err := time.Parse(time.RFC3339, p.At); err != nil {
			return entry{}, fmt.Errorf("at: %s is no time such as 2026-01-02T15:04:05Z", quote(p.At))
		}
	}
	kind, keys := "statement", statementKeys
	for _, other := range otherKeys {
		if slices.Contains(p.seen, other.kind) {
			kind, keys = other.kind, other.keys
			break
		}
	}
	for _, key := range p.seen {
		if !slices.Contains(keys, key) {
			return entry{}, fmt.Errorf("%s: no key of a %s line", key, kind)
		}
	}
	return p.entry(kind)
}

// entry checks what a line of the kind must have.
func (p *parsed) entry(kind string) (entry, error) {
	p.At, p.By = "", ""
	switch kind {
	case "purged":
		return entry{}, errors.New("purged: this version cannot import tombstones; nothing was done for the line")
	case "commit":
		return entry{}, nil
	case "retract":
		return entry{retract: p.retract, reason: p.reason}, checkID(kind, p.retract)
	case "set":
		if p.Rank == "" && p.Visibility == "" && p.Verification == "" {
			return entry{}, errors.New("set: rank, visibility or verification is missing")
		}
		set := &statement.Setting{ID: p.set, Rank: p.Rank, Visibility: p.Visibility, Verification: p.Verification}
		return entry{set: set, reason: p.reason}, errors.Join(checkID(kind, p.set), checkSetting(set))
	}
	return entry{statement: &p.Statement}, p.Check()
}

func checkID(key, id string) error {
	if !statement.ValidID(id) {
		return fmt.Errorf("%s: %s is no id", key, quote(id))
	}
	return nil
}

// checkSetting checks the choices by a statement that is right but for them.
func checkSetting(set *statement.Setting) error {
	s := statement.Statement{
		Subject: "a", Property: "name", Value: "a", Source: "a",
		Rank: set.Rank, Visibility: set.Visibility, Verification: set.Verification,
	}
	return s.Check()
}

// parseHeader reads the first line.
func parseHeader(text []byte) error {
	var format, secret, created string
	var version, sequence uint64
	err := object(text, func(key string, raw []byte) error {
		target, ok := map[string]any{
			"vinculo": &format, "version": &version, "secret": &secret, "created": &created, "sequence": &sequence,
		}[key]
		if !ok {
			return fmt.Errorf("%s is not a known key of the header", quote(key))
		}
		return value(key, raw, target)
	})
	switch {
	case err == nil && format == "statements" && version > 1:
		return fmt.Errorf("the file has version %d of the format, this program knows version 1: use a newer one", version)
	case err == nil && format == "statements" && version == 1:
		return nil
	}
	reason := ""
	if err != nil {
		reason = " (" + err.Error() + ")"
	}
	return fmt.Errorf("no statement file: its first line must be %s%s", StatementHeader, reason)
}
