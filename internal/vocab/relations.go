package vocab

var anyType = []string{AnyEntity}

func field(name, on, target string) *Field {
	return &Field{Name: name, On: []string{on}, Target: target}
}

func (f *Field) also(types ...string) *Field { f.On = append(f.On, types...); return f }
func (f *Field) reverse() *Field             { f.Reverse = true; return f }
func (f *Field) one() *Field                 { f.One = true; return f }
func (f *Field) countable() *Field           { f.Countable = true; return f }

// judged are the types of which two can be judged the same: a count or a source is
// what was published, and stays so.
var judged = on(Person, Organization, Facility, "Place", Detention, "Charge", "Proceeding", Sentence, Event, Record)

// judgements reads all three relations.
var judgements = field("judgements", AnyEntity, AnyEntity)

func judgement(name, doc string) *Relation {
	return &Relation{Name: name, Doc: doc, From: judged, To: judged, Symmetric: true, SameType: true, Aside: true, Decides: name == SameAs, Fields: []*Field{judgements}}
}

var relations = []*Relation{
	{Name: "MEMBER_OF", Doc: "Belongs to a party, union or other organization.", FtM: []string{"Membership"}, From: on(Person, Organization), To: on(Organization), Fields: []*Field{
		field("memberOf", Person, Organization).also(Organization),
		field("members", Organization, Person).reverse().countable(), field("memberOrganizations", Organization, Organization).reverse(),
	}},
	{Name: "EMPLOYED_BY", Doc: "Works for.", FtM: []string{"Employment"}, From: on(Person), To: on(Organization), Fields: []*Field{
		field("employers", Person, Organization), field("employees", Organization, Person).reverse(),
	}},
	{Name: "HOLDS_POST", Doc: "Holds an office or post; the role tells which.", FtM: []string{"Employment", "Occupancy"}, From: on(Person), To: on(Organization), Fields: []*Field{
		field("posts", Person, Organization), field("officeHolders", Organization, Person).reverse(),
	}},
	{Name: "DIRECTOR_OF", Doc: "Is a director of.", FtM: []string{"Directorship"}, From: on(Person, Organization), To: on(Organization), Fields: []*Field{
		field("directorOf", Person, Organization).also(Organization),
		field("directors", Organization, Person).reverse(), field("directorOrganizations", Organization, Organization).reverse(),
	}},
	{Name: "OWNER_OF", Doc: "Owns, in whole or in part.", FtM: []string{"Ownership"}, From: on(Person, Organization), To: anyType, Fields: []*Field{
		field("owns", Person, AnyEntity).also(Organization), field("owners", AnyEntity, AnyEntity).reverse(),
	}},
	{Name: "RELATIVE_OF", Doc: "Is a relative of.", FtM: []string{"Family"}, From: on(Person), To: on(Person), Symmetric: true, Fields: []*Field{field("relatives", Person, Person)}},
	{Name: "ASSOCIATE_OF", Doc: "Is an associate of.", FtM: []string{"Associate"}, From: on(Person), To: on(Person), Symmetric: true, Fields: []*Field{field("associates", Person, Person)}},
	{Name: "LINKED_TO", Doc: "Linked in a way that no other relation here says; the role tells how.", FtM: []string{"UnknownLink"}, From: anyType, To: anyType, Fields: []*Field{
		field("linkedTo", AnyEntity, AnyEntity), field("linkedFrom", AnyEntity, AnyEntity).reverse(),
	}},
	{Name: HasDetention, Doc: "The person whose detention it is.", From: on(Person), To: on(Detention), Shield: Show, Decides: true, Episode: true, Fields: []*Field{
		field("detentions", Person, Detention).countable(), field("person", Detention, Person).reverse().one(),
	}},
	{Name: ArrestedBy, Doc: "Who made the arrest.", From: on(Detention), To: on(Organization), Shield: Show, Fields: []*Field{
		field("arrestedBy", Detention, Organization), field("arrests", Organization, Detention).reverse().countable(),
	}},
	{Name: ArrestedAt, Doc: "Where the arrest was made.", From: on(Detention), To: on("Place"), Fields: []*Field{
		field("arrestedAt", Detention, "Place"), field("arrests", "Place", Detention).reverse().countable(),
	}},
	{Name: HeldAt, Doc: "Where the person was held; a transfer is a second link. A juvenile facility is withheld for protected persons.", From: on(Detention), To: on(Facility), Shield: Show, Fields: []*Field{
		field("heldAt", Detention, Facility), field("detentions", Facility, Detention).reverse().countable(),
	}},
	{Name: "CHARGED_WITH", Doc: "The charge brought.", From: on(Detention), To: on("Charge"), Shield: Show, Fields: []*Field{
		field("charges", Detention, "Charge"), field("detentions", "Charge", Detention).reverse().countable(),
	}},
	{Name: "ARISES_FROM", Doc: "The event that the detention is said to be about.", From: on(Detention), To: on(Event), Shield: Show, Fields: []*Field{
		field("arisesFrom", Detention, Event), field("detentions", Event, Detention).reverse().countable(),
	}},
	{Name: "TRIED_IN", Doc: "The proceeding in which the person is tried.", From: on(Detention), To: on("Proceeding"), Fields: []*Field{
		field("proceedings", Detention, "Proceeding"), field("detentions", "Proceeding", Detention).reverse().countable(),
	}},
	{Name: "HEARD_BY", Doc: "The court that hears the case.", From: on("Proceeding"), To: on(Organization), Fields: []*Field{
		field("courts", "Proceeding", Organization), field("proceedings", Organization, "Proceeding").reverse().countable(),
	}},
	{Name: "PROSECUTED_BY", Doc: "Who prosecutes.", From: on("Proceeding"), To: on(Organization), Fields: []*Field{
		field("prosecutors", "Proceeding", Organization), field("prosecutions", Organization, "Proceeding").reverse(),
	}},
	{Name: "PRESIDED_BY", Doc: "The judge who presides.", From: on("Proceeding"), To: on(Person), Fields: []*Field{
		field("judges", "Proceeding", Person), field("presidedOver", Person, "Proceeding").reverse(),
	}},
	{Name: SentencedTo, Doc: "The sentence imposed.", From: on(Detention), To: on(Sentence), Shield: Show, Decides: true, Episode: true, Fields: []*Field{
		field("sentences", Detention, Sentence), field("detention", Sentence, Detention).reverse().one(),
	}},
	{Name: "IMPOSED_IN", Doc: "The proceeding in which a sentence was imposed.", From: on(Sentence), To: on("Proceeding"), Fields: []*Field{
		field("proceeding", Sentence, "Proceeding").one(), field("sentences", "Proceeding", Sentence).reverse(),
	}},
	{Name: "IMPOSED_FOR", Doc: "The charge that a sentence was imposed for.", From: on(Sentence), To: on("Charge"), Fields: []*Field{
		field("charges", Sentence, "Charge"), field("sentences", "Charge", Sentence).reverse(),
	}},
	{Name: ReleasedIn, Doc: "The event of release; its measure tells the terms where a source gives them for this person.", From: on(Detention), To: on(Event), Shield: Show, Fields: []*Field{
		field("releases", Detention, Event), field("released", Event, Detention).reverse().countable(),
	}},
	{Name: "CARRIED_OUT_BY", Doc: "Who did it.", From: on(Event), To: on(Organization), Fields: []*Field{
		field("carriedOutBy", Event, Organization), field("operations", Organization, Event).reverse(),
	}},
	{Name: "OPERATED_BY", Doc: "Who runs the facility.", From: on(Facility), To: on(Organization), Fields: []*Field{
		field("operators", Facility, Organization), field("facilities", Organization, Facility).reverse(),
	}},
	{Name: "PART_OF", Doc: "Is a part of another of the same type.", From: on("Place", Event, Organization, Tally), To: on("Place", Event, Organization, Tally), SameType: true, Fields: []*Field{
		field("partOf", "Place", AnyEntity).also(Event, Organization, Tally), field("parts", "Place", AnyEntity).also(Event, Organization, Tally).reverse(),
	}},
	{Name: "LOCATED_IN", Doc: "Where it is.", FtM: []string{"addressEntity"}, From: on(Person, Organization, Facility, Event), To: on("Place"), Fields: []*Field{
		field("places", Person, "Place").also(Organization, Facility, Event), field("residents", "Place", Person).reverse(), field("organizations", "Place", Organization).reverse(),
		field("facilities", "Place", Facility).reverse(), field("events", "Place", Event).reverse(),
	}},
	{Name: "COUNTED_BY", Doc: "Whose count it is.", From: on(Tally), To: on(Organization), Aside: true, Fields: []*Field{
		field("countedBy", Tally, Organization), field("tallies", Organization, Tally).reverse(),
	}},
	{Name: "COUNTS_FOR", Doc: "What the people counted have to do with a place or event; the role tells: released from, held in or arrested in it.", From: on(Tally), To: on(Event, Facility, "Place"), Roles: []string{"RELEASED_FROM", "HELD_IN", "ARRESTED_IN"}, Aside: true, Fields: []*Field{
		field("countsForEvents", Tally, Event), field("countsForFacilities", Tally, Facility), field("countsForPlaces", Tally, "Place"),
		field("tallies", Event, Tally).also(Facility, "Place").reverse(),
	}},
	{Name: PublishedBy, Doc: "Who published the source.", From: on(SourceType), To: on(Organization), Aside: true, Fields: []*Field{
		field("publishers", SourceType, Organization), field("publications", Organization, SourceType).reverse().countable(),
	}},
	{Name: DerivedFrom, Doc: "The source that another one repeats or rests on: a reprint is no second witness.", From: on(SourceType), To: on(SourceType), Fields: []*Field{
		field("derivedFrom", SourceType, SourceType), field("reprints", SourceType, SourceType).reverse(),
	}},
	{Name: "MENTIONS", Doc: "The source speaks of it, without being any statement's source for it.", From: on(SourceType), To: anyType, Aside: true, Fields: []*Field{
		field("mentions", SourceType, AnyEntity), field("mentionedIn", AnyEntity, SourceType).reverse(),
	}},
	judgement(SameAs, "Judged to be the same: in force, it merges the two. The one that was recorded first answers for both. It is never RESTRICTED."),
	judgement(NotSameAs, "Judged not to be the same: namesakes. In force, it keeps the two from being merged."),
	judgement(UnsureSameAs, "May be the same: looked at, and left open."),
}
