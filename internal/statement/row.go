package statement

import (
	"slices"
	"strings"
)

// View is whom rows are for. The zero value is what everybody may see.
type View uint8

// The two views.
const (
	PublicView View = iota // everybody
	FullView               // holders of protected:read: restricted statements and protected persons too
)

func (v View) String() string { return [...]string{"public", "full"}[v] }

// Views lists both, to range over.
var Views = [...]View{PublicView, FullView}

// StatementType is Row.Type of a statement's row.
const StatementType = "Statement"

// Row is an entity, a link or a statement as one view sees it.
type Row struct {
	ID       string
	Type     string // an entity's type, a link's relation, or StatementType
	From, To string // a link's ends
	Values   Values
	Unlisted bool // a built-in entity: found by id and by reference, in no selection by type
}

// Values are a row's values, sorted by key. Data is a string, int64, bool or
// []string; an unknown value and an empty list are absent.
type Values []Value

// Value is one of them. Keys are the vocabulary's property names for an entity;
// for links and statements the keys below.
type Value struct {
	Key  string
	Data any
}

// Keys of link rows (all but Text to At) and statement rows.
const (
	KeyRole         = "role"         // string
	KeyMeasure      = "measure"      // string, a Measure
	KeyStart        = "start"        // string, EDTF
	KeyEnd          = "end"          // string, EDTF
	KeyQualifiers   = "qualifiers"   // string: JSON, an object of lists of strings, keys sorted
	KeyAttribution  = "attribution"  // string
	KeyVerification = "verification" // string
	KeyRank         = "rank"         // string
	KeyDisputed     = "disputed"     // bool: denied by a statement in force

	KeySubject       = "subject"       // string, id
	KeyProperty      = "property"      // string
	KeySubjectRecord = "subjectRecord" // string, id: what it was stated of, where that is one of the subject's former ids
	KeyEntityRecord  = "entityRecord"  // string, id: the same of entity
	KeyText          = "text"          // string
	KeyLang          = "lang"          // string
	KeyEntity        = "entity"        // string, id
	KeyLink          = "link"          // string: the link it speaks of, its id
	KeyGroup         = "group"         // string: equal for statements of the same subject, property and value, or of the same link (then the link's id)
	KeyPlace         = "place"         // int64: 0 for the best of its subject and property (or link), then 1 …; absent if it cannot project
	KeySource        = "source"        // string, id
	KeyLocator       = "locator"       // string
	KeyWords         = "words"         // string
	KeyClaimedBy     = "claimedBy"     // string, id
	KeyReportedBy    = "reportedBy"    // []string, ids: claimedBy, or the source's publishers
	KeyDenies        = "denies"        // bool
	KeyVisibility    = "visibility"    // string
	KeyRetracted     = "retracted"     // bool
	KeyAt            = "at"            // string, RFC 3339
	KeyBy            = "by"            // string, full view only

	KeyRetractedAt = "retractedAt" // string, RFC 3339; it and KeyTrace are absent where KeyAt is
	KeyTrace       = "trace"       // []string: what commits did to it, see ReadTrace
)

// Get gives the value of a key, or nil.
func (v Values) Get(key string) any {
	if i, ok := v.find(key); ok {
		return v[i].Data
	}
	return nil
}

// Text gives a string value, or "".
func (v Values) Text(key string) string {
	s, _ := v.Get(key).(string)
	return s
}

func (v Values) find(key string) (int, bool) {
	return slices.BinarySearchFunc(v, key, func(v Value, key string) int { return strings.Compare(v.Key, key) })
}

// set puts a value in its place; "", nil and empty lists are absent values.
func (v *Values) set(key string, data any) {
	switch d := data.(type) {
	case nil:
		return
	case string:
		if d == "" {
			return
		}
	case []string:
		if len(d) == 0 {
			return
		}
	}
	if n := len(*v); n == 0 || (*v)[n-1].Key < key {
		*v = append(*v, Value{key, data})
		return
	}
	i, ok := v.find(key)
	if ok {
		(*v)[i].Data = data
		return
	}
	*v = slices.Insert(*v, i, Value{key, data})
}

// Equal reports whether two rows say the same; two nil rows do.
func (r *Row) Equal(o *Row) bool {
	if r == nil || o == nil || r == o {
		return r == o
	}
	return r.ID == o.ID && r.Type == o.Type && r.From == o.From && r.To == o.To && r.Unlisted == o.Unlisted &&
		slices.EqualFunc(r.Values, o.Values, Value.Equal)
}

// Equal reports whether two values are the same, of the same key.
func (v Value) Equal(o Value) bool {
	if v.Key != o.Key {
		return false
	}
	list, listed := v.Data.([]string)
	other, otherListed := o.Data.([]string)
	if listed || otherListed {
		return listed && otherListed && slices.Equal(list, other)
	}
	return v.Data == o.Data
}

// Twin is a row in both views: nil where the view has none, one object where they
// do not differ. With neither, the row is to be deleted. A public row implies a
// full one, and but for Computed properties a public value implies a full one.
type Twin struct {
	ID           string
	Public, Full *Row
}

// In gives the row of a view.
func (t Twin) In(v View) *Row {
	if v == FullView {
		return t.Full
	}
	return t.Public
}

// Gone reports that the row is in neither view.
func (t Twin) Gone() bool { return t.Public == nil && t.Full == nil }

func twin(id string, public, full *Row) Twin {
	if public.Equal(full) {
		public = full
	}
	return Twin{id, public, full}
}
