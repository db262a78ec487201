package interchange

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"hash"
	"strconv"

	"github.com/vinculo/vinculo/internal/statement"
)

// key is an id that an import makes.
type key [16]byte

func (k key) String() string { return hex.EncodeToString(k[:]) }

// keyOf reads what String gives.
func keyOf(id string) (k key, ok bool) {
	n, err := hex.Decode(k[:], []byte(id)[:min(len(id), 2*len(k))])
	return k, err == nil && n == len(k) && len(id) == 2*len(k)
}

// ftmIDs makes ids that tell nothing without the store's secret: a foreign id may be
// a name, and names can be guessed.
type ftmIDs struct {
	mac     hash.Hash
	dataset string
}

func newFtMIDs(secret []byte, dataset string) *ftmIDs {
	return &ftmIDs{hmac.New(sha256.New, secret), dataset}
}

// of gives the id of what the parts name: first what sort of thing it is.
func (n *ftmIDs) of(parts ...string) key {
	n.mac.Reset()
	var length [4]byte
	write := func(part string) {
		binary.BigEndian.PutUint32(length[:], uint32(len(part)))
		n.mac.Write(length[:])
		n.mac.Write([]byte(part))
	}
	write(n.dataset)
	for _, part := range parts {
		write(part)
	}
	var sum [sha256.Size]byte
	return key(n.mac.Sum(sum[:0])[:16])
}

// entity gives the id of the entity of a foreign id.
func (n *ftmIDs) entity(foreign string) key { return n.of("entity", foreign) }

// link gives the id of what an edge, or a reference of an entity, joins. The ends are
// part of it: FollowTheMoney's lists have no order that a number could be given by,
// and an edge that a later file corrects is another link.
func (n *ftmIDs) link(foreign string, parts ...string) string {
	return n.of(append([]string{"link", foreign}, parts...)...).String()
}

// content gives the text that a statement's ids are made of.
func content(s statement.Statement) string {
	s.ID = ""
	text, _ := json.Marshal(s) // strings, maps of strings and a bool: it cannot fail, and map keys are sorted
	return string(text)
}

// statement gives the id of the nth occurrence of a statement.
func (n *ftmIDs) statement(foreign, content string, occurrence int) key {
	return n.of("statement", foreign, content, strconv.Itoa(occurrence))
}
