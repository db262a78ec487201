package storetest

import (
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Minor is a graph around an invented minor of whom everything is stated, for the
// tests of every way to read: the full view sees all of it, the public one must not
// be able to tell any of the secrets.
type Minor struct {
	Commits []statement.Commit
	// The minor, their detention and their sentence, whose ids the public knows.
	Person, Detention, Sentence string
	// Secrets are values, and ids of links and statements, that no public answer
	// holds in any place. Each is in some answer of the full view.
	Secrets []string
	// Shown is what the public view tells of the three.
	Shown map[string]string
}

// The minor's names, which nobody has.
const (
	MinorName  = "Niña Ejemplo Ficticia"
	MinorAlias = "Ninita Inventada"
)

// NewMinor gives the graph. Its commits come in the order in which an import writes:
// what decides protection first, then the rest, then texts about others that name
// the minor.
func NewMinor() Minor {
	m := Minor{Person: "y1", Detention: "y2", Sentence: "y3"}
	m.Commits = []statement.Commit{minorWorld(), m.deciding(), m.rest(), m.texts()}
	for i, c := range m.Commits[1:] {
		for _, s := range c.Add {
			if i == 2 || m.secret(s) {
				m.Secrets = append(m.Secrets, s.ID)
				if s.Link != "" {
					m.Secrets = append(m.Secrets, s.Link)
				}
			}
		}
	}
	m.Secrets = append(m.Secrets,
		MinorName, MinorAlias, "niña ejemplo", "ninita", "2009-03-14", "secreta", "2025-11-17", "2025-11-29", "2025-12-19",
		"página 7", "ocurrió ante testigos",
	)
	m.Shown = map[string]string{
		"y1.nationality": "VE", "y2.start": "2025-11", "y2.end": "2025-12", "y2.outcome": "RELEASED", "y2.status": "RELEASED",
		"y3.date": "2025-12", "y3.standing": "IMPOSED",
	}
	return m
}

// secret reports whether the public view has no trace of a statement: it is about
// the three, and its property is withheld.
func (m Minor) secret(s statement.Statement) bool {
	if r := vocab.RelationOf(s.Property); r != nil {
		return r.Shield == vocab.Withhold || s.Entity == "yf1"
	}
	for _, t := range []struct{ id, typ string }{{m.Person, vocab.Person}, {m.Detention, vocab.Detention}, {m.Sentence, vocab.Sentence}} {
		if s.Subject == t.id && s.Property != vocab.TypeProperty {
			p := vocab.TypeOf(t.typ).Property(s.Property)
			return p == nil || p.Shield == vocab.Withhold
		}
	}
	return false
}

// minorWorld is what stands around the minor: all of it public in itself.
func minorWorld() statement.Commit {
	return together(
		source(theSource, "title", "Informe inventado", "publishedAt", "2025-12-20"),
		[]statement.Statement{say("src.by", theSource, vocab.PublishedBy, "yo3", from(theSource))},
		entity("yo1", "Organization", "name", "Liceo Imaginario", "kind", "SCHOOL"),
		entity("yo2", "Organization", "name", "Fuerza Imaginaria", "kind", "SECURITY_FORCE"),
		entity("yo3", "Organization", "name", "Diario Imaginario", "kind", "MEDIA"),
		entity("yp1", "Person", "name", "Madre Figurada"),
		entity("yf1", "Facility", "name", "Centro Juvenil Imaginario", "kind", "JUVENILE"),
		entity("yf2", "Facility", "name", "Cárcel Imaginaria", "kind", "PRISON"),
		entity("yl1", "Place", "name", "Pueblo Imaginario"),
		entity("yc1", "Charge", "name", "terrorismo (imaginario)"),
		entity("ye1", "Event", "name", "Excarcelación imaginaria", "kind", "RELEASE_WAVE", "measure", "FULL"),
		entity("yk1", "Proceeding", "caseNumber", "X-1"),
	)
}

func (m Minor) deciding() statement.Commit {
	return statement.Commit{Add: []statement.Statement{
		say("ys-name", m.Person, "name", MinorName),
		say("ys-alias", m.Person, "otherNames", MinorAlias),
		say("ys-birth", m.Person, "birthDate", "2009-03-14"),
		say("ys-protection", m.Person, "protection", "PROTECTED", from(vocab.Editorial)),
		say("ys-has", m.Person, vocab.HasDetention, m.Detention, linkID("yk-has")),
		say("ys-minor", m.Detention, "minorAtArrest", "YES"),
		say("ys-start", m.Detention, "start", "2025-11-17", quoted),
		say("ys-sentenced", m.Detention, vocab.SentencedTo, m.Sentence, linkID("yk-sentenced")),
	}}
}

// quoted adds what a statement says of where it comes from.
func quoted(s *statement.Statement) {
	s.Locator, s.Words, s.Verification = "página 7", "ocurrió ante testigos", statement.FamilyOrCounsel
}

func (m Minor) rest() statement.Commit {
	dated := qualified(statement.KeyStart, "2025-11-29")
	role := qualified(statement.KeyRole, "función secreta")
	return statement.Commit{Add: []statement.Statement{
		say("yt-person", m.Person, vocab.TypeProperty, vocab.Person),
		say("yt-detention", m.Detention, vocab.TypeProperty, vocab.Detention),
		say("yt-sentence", m.Sentence, vocab.TypeProperty, vocab.Sentence),
		say("yv-nationality", m.Person, "nationality", "VE", quoted),
		say("ys-gender", m.Person, "gender", "seña secreta 1"),
		say("ys-occupation", m.Person, "occupation", "estudiante secreta 2"),
		say("ys-description", m.Person, "description", "vida secreta 3"),
		say("ys-notes", m.Person, "notes", "nota secreta 4"),
		say("ys-foreign", m.Person, "ftm.id", "clave-secreta-5"),
		say("ys-mother", m.Person, "RELATIVE_OF", "yp1", linkID("yk-mother"), role),
		say("ys-school", m.Person, "MEMBER_OF", "yo1", linkID("yk-school"), role),
		say("ys-home", m.Person, "LOCATED_IN", "yl1", linkID("yk-home")),
		say("ys-mention", theSource, "MENTIONS", m.Person, linkID("yk-mention")),
		say("yv-end", m.Detention, "end", "2025-12-19", quoted),
		say("yv-outcome", m.Detention, "outcome", "RELEASED"),
		say("ys-ground", m.Detention, "ground", "causa secreta 6"),
		say("ys-measure", m.Detention, "measure", "BAIL"),
		say("ys-case", m.Detention, "name", "caso secreta 7"),
		say("yv-by", m.Detention, vocab.ArrestedBy, "yo2", linkID("yv-arrest"), dated, role, quoted),
		say("ys-at", m.Detention, vocab.ArrestedAt, "yl1", linkID("yk-at")),
		say("ys-juvenile", m.Detention, vocab.HeldAt, "yf1", linkID("yk-juvenile")),
		say("yv-prison", m.Detention, vocab.HeldAt, "yf2", linkID("yv-held")),
		say("yv-charge", m.Detention, "CHARGED_WITH", "yc1", linkID("yv-charged")),
		say("ys-trial", m.Detention, "TRIED_IN", "yk1", linkID("yk-trial")),
		say("yv-release", m.Detention, vocab.ReleasedIn, "ye1", linkID("yv-released")),
		say("yv-months", m.Sentence, "lengthMonths", "48"),
		say("yv-date", m.Sentence, "date", "2025-12-19"),
		say("yv-standing", m.Sentence, "standing", "IMPOSED"),
		say("ys-why", m.Sentence, "ground", "motivo secreta 8"),
		say("ys-in", m.Sentence, "IMPOSED_IN", "yk1", linkID("yk-imposed")),
		say("ys-for", m.Sentence, "IMPOSED_FOR", "yc1", linkID("yk-for")),
	}}
}

// texts are statements about others that name the minor: they are stored RESTRICTED.
func (m Minor) texts() statement.Commit {
	naming := func(s *statement.Statement) { s.Words = "Allí estudia " + MinorName + "." }
	return statement.Commit{Add: []statement.Statement{
		say("yr-notes", "yo1", "notes", "En este liceo estudia la niña EJEMPLO ficticia."),
		say("yr-title", "ye1", "notes", "Salió "+MinorAlias+"."),
		say("yr-words", "yo1", "description", "Un liceo secreta 9.", naming),
		say("yr-role", "yp1", "MEMBER_OF", "yo1", linkID("yk-role"), qualified(statement.KeyRole, "madre de Nina Ejemplo Ficticia")),
	}}
}
