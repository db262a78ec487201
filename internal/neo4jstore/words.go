package neo4jstore

import (
	"maps"
	"slices"

	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// Words are nodes that somebody bears in some view, each with what it is found by
// beside itself. They are few, since names repeat. The type of a relationship from an
// entity says which views know of it; a view counts and follows its own alone.
const (
	keyWord     = fullKey + "word" // of a word
	keySpelling = fullKey + "key"  // of a spelling: one of match.Keys

	bears         = "BEARS" // in both views
	bearsInPublic = "BEARS_IN_PUBLIC"
	bearsInFull   = fullType + bears
	spells        = fullType + "SPELLS" // from a spelling to its word
)

const anyBears = bears + "|" + bearsInPublic + "|" + bearsInFull

// bearsIn gives the types by which a view's entities bear words.
func bearsIn(view store.View) [2]string {
	if view == statement.FullView {
		return [2]string{bears, bearsInFull}
	}
	return [2]string{bears, bearsInPublic}
}

var (
	dropBearing = "UNWIND $p.rows AS r MATCH (e:" + fullLabel + entityLabel + " {id: r.id}) UNWIND r.words AS word " +
		"MATCH (e)-[x:" + anyBears + "]->(w) WHERE w." + keyWord + " = word AND type(x) = r.type DELETE x"
	putWords = "UNWIND $p.rows AS r MERGE (w:" + wordLabel + " {" + keyWord + ": r.word}) " +
		"WITH r, w WHERE NOT EXISTS { (w)<-[:" + spells + "]-() } UNWIND r.keys AS key CREATE (s:" + spellingLabel + " {" + keySpelling + ": key})-[:" + spells + "]->(w)"
	putBearing = "UNWIND $p.rows AS r MATCH (e:" + fullLabel + entityLabel + " {id: r.id}) UNWIND r.words AS word " +
		seek("w", wordLabel, keyWord) + " = word CREATE (e)-[x:$(r.type)]->(w) RETURN count(x)"
	// sweepWords takes away words that nobody bears any more: nothing is to find them.
	sweepWords = "UNWIND $p.words AS word " + seek("w", wordLabel, keyWord) + " = word AND NOT EXISTS { (w)<-[:" + anyBears + "]-() } " +
		"OPTIONAL MATCH (w)<-[:" + spells + "]-(s) DETACH DELETE s, w"
)

// bearing is what an entity bears by one type of relationship.
type bearing map[string][]string

// bearingOf gives the words of an entity, sorted, by type of relationship.
func bearingOf(t statement.Twin) bearing {
	public, full := t.Public.Words(), t.Full.Words()
	slices.Sort(public)
	slices.Sort(full)
	all := bearing{}
	for _, word := range full {
		if _, both := slices.BinarySearch(public, word); both {
			all[bears] = append(all[bears], word)
		} else {
			all[bearsInFull] = append(all[bearsInFull], word)
		}
	}
	for _, word := range public {
		if _, both := slices.BinarySearch(full, word); !both {
			all[bearsInPublic] = append(all[bearsInPublic], word)
		}
	}
	return all
}

// without gives the words of one that are not of the other.
func without(words, other []string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(word string) bool { _, there := slices.BinarySearch(other, word); return there })
}

// words stores which words entities bear, after their nodes are in place.
func words(c *statement.Change) ([]text, error) {
	var dropped, put []any
	lost, gained := map[string]bool{}, map[string]bool{}
	made := 0
	for _, t := range c.Entities {
		was, is := bearingOf(c.Was.Entities[t.ID]), bearingOf(t)
		for _, typ := range []string{bears, bearsInPublic, bearsInFull} {
			if old := without(was[typ], is[typ]); len(old) > 0 {
				note(lost, old)
				if !t.Gone() { // else its node has gone, with all that it bore
					dropped = append(dropped, map[string]any{"id": t.ID, "type": typ, "words": old})
				}
			}
			if fresh := without(is[typ], was[typ]); len(fresh) > 0 {
				note(gained, fresh)
				made += len(fresh)
				put = append(put, map[string]any{"id": t.ID, "type": typ, "words": fresh})
			}
		}
	}
	var spelled []any
	for _, word := range slices.Sorted(maps.Keys(gained)) {
		spelled = append(spelled, map[string]any{"word": word, "keys": match.Keys(word)})
	}
	texts := append(of(dropBearing, "rows", dropped), of(putWords, "rows", spelled)...)
	for _, t := range of(putBearing, "rows", put) {
		t.made = made
		texts = append(texts, t)
	}
	return append(texts, of(sweepWords, "words", slices.Sorted(maps.Keys(lost)))...), nil
}

func note(all map[string]bool, words []string) {
	for _, word := range words {
		all[word] = true
	}
}
