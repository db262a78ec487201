package generate

import "strconv"

// bodies gives the forms of the names of organizations: % stands for an invented place.
var bodies = map[string][]string{
	"NGO":            {"Fundación Ficticia %", "Observatorio Inventado de %", "Comité Ficticio de %", "Red Inventada %"},
	"MEDIA":          {"Diario Inventado de %", "La Voz Ficticia de %", "Radio Inventada %", "% Ficticia Noticias"},
	"PARTY":          {"Partido Inventado %", "Movimiento Ficticio %", "Alianza Ficticia %", "Frente Inventado %"},
	"UNION":          {"Sindicato Ficticio de Docentes de %", "Unión Inventada de Obreros de %", "Sindicato Ficticio de Salud de %", "Federación Ficticia %"},
	"COURT":          {"Tribunal Ficticio de %", "Juzgado Inventado de %"},
	"PROSECUTOR":     {"Fiscalía Ficticia de %", "Ministerio Público Inventado de %"},
	"SECURITY_FORCE": {"Policía Ficticia de %", "Guardia Inventada de %", "Servicio Ficticio de Inteligencia %"},
	"PRISON_SERVICE": {"Servicio Penitenciario Inventado de %"},
	"GOVERNMENT":     {"Gobierno Ficticio de %", "Ministerio Inventado de %", "Alcaldía Ficticia de %"},
	"UNIVERSITY":     {"Universidad Ficticia de %", "Instituto Inventado %"},
	"SCHOOL":         {"Colegio Ficticio %", "Escuela Inventada %"},
	"COMPANY":        {"Compañía Ficticia %", "Transportes Inventados %", "Editorial Ficticia %"},
	"OTHER":          {"Agrupación Inventada %"},
}

// fill puts a place into a form.
func fill(form, place string) string {
	for i := range len(form) {
		if form[i] == '%' {
			return form[:i] + place + form[i+1:]
		}
	}
	return form
}

// early gives a voice that tells of something from the world's first years on: from
// an article and, if there is a second, a report.
func (s *scribe) early(d *dice, subject string) voice {
	on := d.within(0, 400)
	v := voice{scribe: s, dice: d, subject: subject, sources: []string{id(sourceID, s.after(d, on, ofArticle))}}
	if d.chance(400) {
		v.sources = append(v.sources, id(sourceID, s.after(d, on, ofReport)))
	}
	return v
}

// organization writes an organization.
func (s *scribe) organization(index int) {
	kind, number := s.organizations.kindOf(index)
	d := s.roll(ofOrganizations, index)
	v := s.early(d, id(organizationID, index))
	form := bodies[kind][number%len(bodies[kind])]
	name := fill(form, land(index))
	v.is("Organization")
	v.fact("name", name)
	if kind == "SECURITY_FORCE" && number == 0 {
		name = "fuerzas de seguridad ficticias"
		v.fact("otherNames", name)
		v.fact("unspecified", "true")
	} else if d.chance(300) {
		v.value("otherNames", unaccent.Replace(name), 300)
	}
	if !d.chance(30) {
		v.value("kind", kind, 300)
	}
	if d.chance(150) {
		v.text("description", "Organización inventada, n.º "+strconv.Itoa(number)+" de su clase.", 0)
	}
	if d.chance(550) {
		v.link("LOCATED_IN", s.anyPlace(d), nil, 100)
	}
	s.affiliation(&v, kind, index, number)
}

// affiliation links an organization to others: always to ones before it, so that
// nothing is a part of itself.
func (s *scribe) affiliation(v *voice, kind string, index, number int) {
	if number == 0 {
		return
	}
	before := id(organizationID, index-number+v.rank(number))
	if v.chance(200) {
		v.link("PART_OF", before, nil, 200)
	}
	switch kind {
	case "UNION", "NGO", "PARTY":
		if v.chance(200) {
			v.link("MEMBER_OF", before, qualifiers{"start": {v.written(v.within(0, 300), 700)}}, 200)
		}
	case "COMPANY":
		if v.chance(300) {
			v.link("OWNER_OF", before, nil, 200)
		}
		if v.chance(150) {
			v.link("DIRECTOR_OF", before, nil, 0)
		}
		if v.chance(100) {
			v.link("LINKED_TO", s.anyOrganization(v.dice, "GOVERNMENT"), qualifiers{"role": {"contratista"}}, 0)
		}
	}
}
