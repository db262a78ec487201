package generate

import (
	"strconv"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Sources come in blocks of eight, in the order of their publication: a report, two
// articles, a reprint of the second, two articles, then by turns a statement of a
// party or a document of a court, and last, in every fourth block, a data set, after
// it something else, otherwise another article.
const (
	ofReport   = 0
	ofArticle  = 1
	ofOriginal = 2
	ofReprint  = 3
	ofNotice   = 6 // the statement, or the document
	ofRegister = 7
)

func (s *scribe) sources() int { return s.sourceBlocks * 8 }

func sourceKind(index int) string {
	block := index / 8
	switch index % 8 {
	case ofReport:
		return "REPORT"
	case ofNotice:
		return [...]string{"STATEMENT", "DOCUMENT"}[block%2]
	case ofRegister:
		return [...]string{"DATASET", "OTHER", "ARTICLE", "ARTICLE"}[block%4]
	}
	return "ARTICLE"
}

// publishedOn gives the day of publication.
func (s *scribe) publishedOn(index int) day {
	if sourceKind(index) == "DATASET" {
		return horizon - 1 - day(index%30) // kept up to date to the last
	}
	return epoch + day(index*days/s.sources())
}

// after gives the index of a source of that place in its block, published on or
// soon after the day if there is one.
func (s *scribe) after(d *dice, on day, place int) int {
	block := int(on-epoch)*s.sourceBlocks/days + 1 + d.below(1+s.sourceBlocks/100)
	return min(block, s.sourceBlocks-1)*8 + place
}

// notice is a statement or a document, published on or after the day.
func (s *scribe) notice(d *dice, on day, document bool) int {
	index := s.after(d, on, ofNotice)
	if block := index / 8; (block%2 == 1) != document {
		if block++; block >= s.sourceBlocks {
			block -= 2
		}
		return block*8 + ofNotice
	}
	return index
}

// register is a data set: a few are the source of many.
func (s *scribe) register(d *dice) int { return d.lean((s.sourceBlocks+3)/4)*32 + ofRegister }

// counters is how many organizations publish tallies, in turn in every second report.
const counters = 3

// reportBy gives the index of a report of a counter, published on or after the day
// if there is one.
func (s *scribe) reportBy(counter int, on day) int {
	block := int(on-epoch)*s.sourceBlocks/days + 1
	for block%2 != 0 || block/2%counters != counter {
		block++
	}
	for block >= s.sourceBlocks {
		block -= 2 * counters
	}
	return block * 8
}

// publisher gives the organization that publishes a source. A reprint's is another
// one than the original's.
func (s *scribe) publisher(index int) int {
	d := s.roll(ofPublishers, index)
	kind := "MEDIA"
	switch sourceKind(index) {
	case "REPORT":
		if block := index / 8; block%2 == 0 {
			first, _ := s.organizations.span("NGO")
			return first + block/2%counters
		}
		kind = "NGO"
	case "DATASET", "OTHER":
		kind = pick(d, []string{"NGO", "UNIVERSITY"})
	case "STATEMENT":
		kind = pick(d, []string{"PARTY", "UNION", "GOVERNMENT"})
	case "DOCUMENT":
		kind = pick(d, []string{"COURT", "PROSECUTOR"})
	}
	if index%8 == ofReprint {
		first, count := s.organizations.span(kind)
		original := s.publisher(index-1) - first
		return first + (original+1+d.below(count-1))%count
	}
	return s.organizations.any(d, kind)
}

var headlines = []string{
	"Nuevas detenciones en ", "Familiares piden noticias de los detenidos en ", "Excarcelan a un grupo en ", "Audiencia aplazada en ",
	"Organizaciones denuncian traslados desde ", "Vigilia por los detenidos en ", "Lo que se sabe de los arrestos en ",
}

func (s *scribe) title(d *dice, index int) string {
	number := strconv.Itoa(index)
	switch sourceKind(index) {
	case "REPORT":
		return "Informe ficticio n.º " + number
	case "DATASET":
		return "Registro inventado de detenciones, edición " + number
	case "STATEMENT":
		return "Comunicado ficticio n.º " + number
	case "DOCUMENT":
		return "Boleta ficticia " + number
	case "OTHER":
		return "Hilo inventado " + number
	}
	return pick(d, headlines) + land(d.rank(s.places)) + " (" + number + ")"
}

// source writes a source's own statements. One in two hundred is confidential.
func (s *scribe) source(index int) {
	d := s.roll(ofSources, index)
	subject := id(sourceID, index)
	say := statement.Statement{Subject: subject, Source: subject}
	if d.chance(5) {
		say.Visibility = statement.Restricted
	}
	value := func(property, text string) {
		line := say
		line.Property, line.Value = property, text
		s.add(&line)
	}
	link := func(relation, entity string) {
		line := say
		line.Property, line.Entity = relation, entity
		s.add(&line)
	}
	on := s.publishedOn(index)
	value(vocab.TypeProperty, vocab.SourceType)
	value("kind", sourceKind(index))
	value("title", s.title(d, index))
	if path := on.String() + "/" + strconv.Itoa(index); d.chance(850) {
		value("url", "https://fuente-ficticia.example/"+path)
		if d.chance(450) {
			value("archiveUrl", "https://archivo-inventado.example/"+path)
		}
	}
	if d.chance(970) {
		value("publishedAt", d.written(on, 120))
	}
	if d.chance(500) {
		value("accessedAt", min(on+day(d.below(90)), horizon-1).String())
	}
	if d.chance(900) {
		value("language", [...]string{"es", "en", "pt"}[d.weighted(8, 1, 1)])
	}
	if d.chance(970) {
		link(vocab.PublishedBy, id(organizationID, s.publisher(index)))
		if d.chance(30) {
			link(vocab.PublishedBy, s.anyOrganization(d, "UNIVERSITY"))
		}
	}
	if index%8 == ofReprint {
		link(vocab.DerivedFrom, id(sourceID, index-1))
	}
	s.mentions(d, link)
}

// mentions tells what a source speaks of in passing.
func (s *scribe) mentions(d *dice, link func(relation, entity string)) {
	switch n := d.below(1000); {
	case n < 50:
		link("MENTIONS", s.anyOrganization(d, "PARTY"))
	case n < 80:
		link("MENTIONS", id(facilityID, s.facilities.any(d, "PRISON")))
	case n < 100:
		link("MENTIONS", id(personID, d.below(s.persons)))
	}
}
