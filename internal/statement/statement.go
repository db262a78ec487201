// Package statement holds the unit of fact and the unit of change, the file format
// of both, and the projection: pure code that turns the statements in force into
// the rows of entities, links and statements that each view may see.
package statement

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
)

// Statement says one thing about one subject: a property's value, or a link to
// another entity, with the source that says so. Its JSON is a line of the file format.
type Statement struct {
	ID       string `json:"id,omitempty"`
	Subject  string `json:"subject"`
	Property string `json:"property"` // a property's or a relation's name, or "type"

	Value  string `json:"value,omitempty"`  // typed by the property
	Lang   string `json:"lang,omitempty"`   // of a text value
	Entity string `json:"entity,omitempty"` // the id of a link's other end

	Qualifiers map[string][]string `json:"qualifiers,omitempty"`
	Link       string              `json:"link,omitempty"` // tells parallel links apart

	Source    string `json:"source"`
	Locator   string `json:"locator,omitempty"`
	Words     string `json:"words,omitempty"`
	ClaimedBy string `json:"claimedBy,omitempty"`

	Attribution  string `json:"attribution,omitempty"`  // absent: STATED
	Denies       bool   `json:"denies,omitempty"`       // the source says that this is not so
	Verification string `json:"verification,omitempty"` // absent: UNVERIFIED
	Rank         string `json:"rank,omitempty"`         // absent: NORMAL
	Visibility   string `json:"visibility,omitempty"`   // absent: PUBLIC

	At string `json:"at,omitempty"` // when recorded, RFC 3339 UTC; set by the store
	By string `json:"by,omitempty"` // by whom; set by the store
}

// The defaults, and the values that rules speak of.
const (
	Stated          = "STATED"
	Unverified      = "UNVERIFIED"
	FamilyOrCounsel = "FAMILY_OR_COUNSEL"
	Privately       = "VERIFIED_PRIVATELY"
	Preferred       = "PREFERRED"
	Normal          = "NORMAL"
	Deprecated      = "DEPRECATED"
	Public          = "PUBLIC"
	Restricted      = "RESTRICTED"
)

// Commit is a change: all of it is stored, or nothing.
type Commit struct {
	By      string      `json:"by,omitempty"`
	Reason  string      `json:"reason,omitempty"`
	Import  string      `json:"import,omitempty"` // one id for the many commits of an import
	Add     []Statement `json:"add,omitempty"`
	Retract []string    `json:"retract,omitempty"`
	Set     []Setting   `json:"set,omitempty"`
}

// MaxStatements is the most that one commit may add, retract and set.
const MaxStatements = 1000

// Setting changes what editors decide about a statement; an empty key keeps what is.
type Setting struct {
	ID           string `json:"set"`
	Rank         string `json:"rank,omitempty"`
	Visibility   string `json:"visibility,omitempty"`
	Verification string `json:"verification,omitempty"`
}

// Recorded is a statement as the store keeps it: its present rank, visibility and
// verification and what they were before, and where in the log it was added and
// retracted.
type Recorded struct {
	Statement
	Content   string `json:"content"`             // hash of what was added, to know a repetition
	Sequence  uint64 `json:"sequence"`            // of the commit that added it
	Index     int    `json:"index"`               // its place in that commit
	Retracted uint64 `json:"retracted,omitempty"` // of the commit that retracted it; 0: in force

	RetractedAt string `json:"retractedAt,omitempty"` // when that was, RFC 3339 UTC
	Was         []Was  `json:"was,omitempty"`         // how it was before it was set otherwise, oldest first
}

// InForce reports whether it has not been retracted.
func (r *Recorded) InForce() bool { return r.Retracted == 0 }

// after reports whether r stands later in the log than o.
func (r *Recorded) after(o *Recorded) bool {
	return r.Sequence > o.Sequence || r.Sequence == o.Sequence && r.Index > o.Index
}

// projects reports whether its value or link may become a value: a denial or a
// deprecated statement never does.
func (r *Recorded) projects() bool {
	return r.InForce() && !r.Denies && r.Rank != Deprecated
}

// IsLink reports whether it is about another entity and not a value.
func (s *Statement) IsLink() bool { return s.Entity != "" }

// withDefaults fills the keys whose absence means something.
func (s Statement) withDefaults() Statement {
	for _, d := range []struct {
		key   *string
		value string
	}{{&s.Attribution, Stated}, {&s.Verification, Unverified}, {&s.Rank, Normal}, {&s.Visibility, Public}} {
		if *d.key == "" {
			*d.key = d.value
		}
	}
	return s
}

// content hashes what its writer says: everything but id, at and by.
func (s Statement) content() string {
	s.ID, s.At, s.By = "", "", ""
	text, _ := json.Marshal(s) // strings, maps of strings and a bool: it cannot fail, and map keys are sorted
	return hash(string(text))
}

// hash gives 128 bits in hexadecimal, of parts that stay apart.
func hash(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// ValidID reports whether the text is an id: 1 to 64 letters, digits, '.' and '-',
// a letter or digit first (all that FollowTheMoney keeps intact).
func ValidID(id string) bool {
	if id == "" || len(id) > 64 {
		return false
	}
	for i := range len(id) {
		c := id[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || i > 0 && (c == '.' || c == '-')) {
			return false
		}
	}
	return true
}
