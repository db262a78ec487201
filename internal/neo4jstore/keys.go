package neo4jstore

import (
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Labels and relationship types of the full view are those of the public one with
// a prefix; so are property keys.
const (
	fullLabel = "Full"
	fullType  = "FULL_"
	fullKey   = "full_"
)

// Labels that are not types or kinds.
const (
	entityLabel    = "Entity"
	statementLabel = "Statement"
	retractedLabel = "Retracted" // beside Statement, of one that is not in force: so their number is known
	recordedLabel  = "Recorded"  // every statement ever recorded, whether a view shows it or not
	metaLabel      = "VinculoMeta"
	commitLabel    = "VinculoCommit"
	touchLabel     = "VinculoTouch"    // an entity that a commit touched
	nameLabel      = "VinculoName"     // a name of a protected person
	briefLabel     = "VinculoBrief"    // what the projection of an entity's neighbors reads of it, whether it exists or not
	wordLabel      = "VinculoWord"     // a word by which entities are found
	spellingLabel  = "VinculoSpelling" // what a word is found by beside itself
)

// Keys of nodes and relationships that rows do not have as values.
const (
	keyID       = "id"
	keyType     = "type"
	keyFrom     = "from"
	keyTo       = "to"
	keyUnlisted = "unlisted"

	// The last change of an entity in each view: the public one is no plain key, since
	// nobody is told when something about somebody protected changed.
	keyVersion       = fullKey + "version"
	keyPublicVersion = fullKey + "public_version"

	keyBrief    = fullKey + "brief"    // JSON of statement.Brief, of a brief
	keyShielded = fullKey + "shielded" // Brief.Protected
	keyAnswers  = "answers"            // Brief.Answers, by view: of a former id

	keyRaw         = fullKey + "raw" // JSON of statement.Recorded; the others are its keys
	keyRawSubject  = fullKey + "raw_subject"
	keyRawProperty = fullKey + "raw_property"
	keyRawEntity   = fullKey + "raw_entity"
	keyRawLink     = fullKey + "raw_link"
	keyRawSource   = fullKey + "raw_source"
	keyRawClaimant = fullKey + "raw_claimed_by"

	// What was recorded of a former id is found by its entity's: that stands under the
	// keys above, and here what was recorded.
	keyFormerSubject = fullKey + "former_subject"
	keyFormerEntity  = fullKey + "former_entity"
)

// What is stored beside a value, for filters and orders: the fold of a text, the
// sort key of a value, the bounds of a date.
const (
	asFold  = "_fold"
	asSort  = "_sort"
	asFirst = "_first"
	asLast  = "_last"
)

// labelIn gives a label as the view reads it.
func labelIn(view store.View, label string) string {
	if view == statement.FullView {
		return fullLabel + label
	}
	return label
}

// rowLabels is what the nodes of all of a view's rows of a collection carry.
// Statements are found by the label of all that were recorded, so that one index
// serves both views.
func rowLabels(view store.View, of store.Collection) string {
	if of == store.StatementRows {
		return recordedLabel + ":" + labelIn(view, statementLabel)
	}
	return labelIn(view, entityLabel)
}

// kindLabel turns SECURITY_FORCE into SecurityForce; a kind whose name is taken by
// another label has Kind after it.
func kindLabel(kind string) string {
	var b strings.Builder
	for _, word := range strings.Split(kind, "_") {
		b.WriteString(word[:1] + strings.ToLower(word[1:]))
	}
	if label := b.String(); label != statementLabel && label != entityLabel && vocab.TypeOf(label) == nil {
		return label
	}
	return b.String() + "Kind"
}

// typesIn lists the relationship types of relations as the view reads them.
func typesIn(view store.View, relations []*vocab.Relation) []string {
	var types []string
	for _, r := range relations {
		types = append(types, r.Name)
		if view == statement.FullView {
			types = append(types, fullType+r.Name)
		}
	}
	return types
}

// relationsNamed gives the relations of these names, all of them if there are none;
// names that the vocabulary lacks are left out.
func relationsNamed(names []string) []*vocab.Relation {
	if len(names) == 0 {
		return vocab.Relations()
	}
	var list []*vocab.Relation
	for _, name := range names {
		if r := vocab.RelationOf(name); r != nil && !slices.Contains(list, r) {
			list = append(list, r)
		}
	}
	return list
}

// isHub reports whether many links of the relation may end at one entity: those
// have an index by that end.
func isHub(r *vocab.Relation) bool {
	return !r.Symmetric && slices.ContainsFunc(r.Fields, func(f *vocab.Field) bool { return f.Reverse && f.Countable })
}

// propertyOf gives the row of the vocabulary that a key of a collection's rows
// follows, or one like it for what only rows have.
func propertyOf(of store.Collection, typ, key string) *vocab.Property {
	var list []*vocab.Property
	switch of {
	case store.Entities:
		if t := vocab.TypeOf(typ); t != nil && t.Property(key) != nil {
			return t.Property(key)
		}
		return vocab.ForeignProperty
	case store.LinkRows:
		list = vocab.LinkProperties
	case store.StatementRows:
		list = vocab.StatementProperties
	}
	if i := slices.IndexFunc(list, func(p *vocab.Property) bool { return p.Name == key }); i >= 0 {
		return list[i]
	}
	switch key {
	case statement.KeyPlace:
		return &vocab.Property{Name: key, Value: vocab.Integer}
	case statement.KeyReportedBy, statement.KeyTrace:
		return &vocab.Property{Name: key, Value: vocab.Refs}
	}
	return &vocab.Property{Name: key}
}

// identifiers are the keys of links and statements whose values are ASCII: ids,
// names of the vocabulary, times.
var identifiers = [...][]string{
	store.Entities: nil,
	store.LinkRows: {keyFrom, keyTo},
	store.StatementRows: {
		statement.KeySubject, statement.KeyProperty, statement.KeyEntity, statement.KeyLink, statement.KeyGroup, statement.KeySource,
		statement.KeyClaimedBy, statement.KeyReportedBy, statement.KeyLang, statement.KeyAt, statement.KeyRetractedAt,
	},
}

// isIdentifier reports whether the property's values are ASCII, so that their fold
// is their lower case, which Cypher can compute.
func isIdentifier(of store.Collection, p *vocab.Property) bool {
	return p == vocab.Identity || p == vocab.RowType || p.Value == vocab.Refs || slices.Contains(identifiers[of], p.Name)
}

// isText reports whether the property's values are texts of any kind, which are
// compared by their folds.
func isText(of store.Collection, p *vocab.Property) bool {
	return !isIdentifier(of, p) && !isNumeric(p) && p.Value != vocab.Date
}

// isIndexed reports whether the sort key of the property is stored for every row
// of a type that has the property, null included, and indexed.
func isIndexed(of store.Collection, p *vocab.Property) bool { return p.Sorted && of != store.LinkRows }

// lookups tell under which indexed key the statements are found that have a value
// under a key. What a view shows of a statement's subject, source or entity is what
// was recorded, or the entity that answers for that, or nothing; and a statement's group is its link, if it has one. Of
// groups each view has its own.
var lookups = map[string]string{
	statement.KeySubject: keyRawSubject, statement.KeySource: keyRawSource, statement.KeyEntity: keyRawEntity,
	statement.KeyGroup: statement.KeyGroup, statement.KeyLink: statement.KeyGroup,
}

// twinned are the keys that a row of the full view always has under its own name,
// not only where the value differs from the public one: those with an index, and
// those where a public value does not imply a full one.
var twinned = [...]map[string]bool{
	store.Entities:      twinnedOfEntities(),
	store.LinkRows:      {},
	store.StatementRows: twinnedOfStatements(),
}

func twinnedOfEntities() map[string]bool {
	keys := map[string]bool{keyType: true, keyUnlisted: true}
	for _, t := range vocab.Types() {
		for _, p := range t.Properties {
			if p.Sorted {
				keys[p.Name+asSort] = true
			}
			if p.Computed || p.Name == "otherNames" { // which leaves out what the view has as the name
				for _, suffix := range []string{"", asFold, asSort, asFirst, asLast} {
					keys[p.Name+suffix] = true
				}
			}
		}
		for _, f := range t.Fields() {
			if f.Countable {
				keys[f.CountName()] = true
			}
		}
	}
	return keys
}

func twinnedOfStatements() map[string]bool {
	keys := map[string]bool{statement.KeyGroup: true, statement.KeyClaimedBy: true}
	for _, p := range vocab.StatementProperties {
		if p.Sorted {
			keys[p.Name+asSort] = true
		}
	}
	return keys
}

// versionIn gives the key of an entity's version as the view reads it.
func versionIn(view store.View) string {
	if view == statement.FullView {
		return keyVersion
	}
	return keyPublicVersion
}

// column is the expression by which a view reads a key of a variable. Keys come
// from the vocabulary and from row.go; those of ftm.* hold letters and digits.
func column(view store.View, of store.Collection, variable, key string) string {
	if view == statement.PublicView {
		return variable + "." + quoted(key)
	}
	full := variable + "." + quoted(fullKey+key)
	if twinned[of][key] {
		return full
	}
	return "coalesce(" + full + ", " + variable + "." + quoted(key) + ")"
}

func quoted(key string) string {
	if strings.Contains(key, ".") {
		return "`" + key + "`"
	}
	return key
}
