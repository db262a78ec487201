package vocab

// The enumerations, their values in sort order.
var (
	KindEnum = &Enum{Name: "Kind", Doc: "What sort of thing an entity is, within its type. One enumeration for all types; each value says for which.", Values: []EnumValue{
		{"PARTY", "Organization: a political party.", on("Organization")},
		{"UNION", "Organization: a trade union.", on("Organization")},
		{"NGO", "Organization: a non-governmental, non-profit organization.", on("Organization")},
		{"COURT", "Organization: a court.", on("Organization")},
		{"PROSECUTOR", "Organization: a prosecuting authority.", on("Organization")},
		{"SECURITY_FORCE", "Organization: police, military or intelligence bodies.", on("Organization")},
		{"PRISON_SERVICE", "Organization: the authority that runs prisons.", on("Organization")},
		{"GOVERNMENT", "Organization: a government or one of its ministries.", on("Organization")},
		{"MEDIA", "Organization: a newspaper, broadcaster or news site.", on("Organization")},
		{"UNIVERSITY", "Organization: a university.", on("Organization")},
		{"SCHOOL", "Organization: a school.", on("Organization")},
		{"COMPANY", "Organization: a company.", on("Organization")},
		{"PRISON", "Facility: a prison or remand center.", on("Facility")},
		{"POLICE_CELL", "Facility: cells of a police station.", on("Facility")},
		{"MILITARY", "Facility: a military installation used to hold people.", on("Facility")},
		{"INTELLIGENCE", "Facility: a site of an intelligence service.", on("Facility")},
		{"JUVENILE", "Facility: for minors. Withheld for protected persons, as it would give their age away.", on("Facility")},
		{"HOSPITAL", "Facility: a hospital where a detainee is held.", on("Facility")},
		{"RESIDENCE", "Facility: a home, under house arrest.", on("Facility")},
		{"UNACKNOWLEDGED", "Facility: a place whose use the authorities do not admit.", on("Facility")},
		{"RELEASE_WAVE", "Event: many people released together.", on("Event")},
		{"ARREST_OPERATION", "Event: many people arrested together.", on("Event")},
		{"PROTEST", "Event: a protest or a series of them.", on("Event")},
		{"ELECTION", "Event: an election.", on("Event")},
		{"HEARING", "Event: a hearing in court.", on("Event")},
		{"AMNESTY", "Event: an amnesty or pardon.", on("Event")},
		{"STATEMENT", "Event: a public statement; Source: a statement that somebody issued.", on("Event", "Source")},
		{"ARTICLE", "Source: a press article.", on("Source")},
		{"REPORT", "Source: a report.", on("Source")},
		{"DOCUMENT", "Source: an official or legal document.", on("Source")},
		{"DATASET", "Source: a data set, such as an imported file.", on("Source")},
		{"OTHER", "Organization, Event, Source: none of the others.", on("Organization", "Event", "Source")},
		{"UNKNOWN", "Facility: not known.", on("Facility")},
	}}
	MeasureEnum = &Enum{Name: "Measure", Doc: "The terms on which someone is let go, or the measure that replaces custody.", Values: []EnumValue{
		{Name: "FULL", Doc: "Full freedom, without conditions."},
		{Name: "PERIODIC_REPORTING", Doc: "Has to report to a court or office at intervals."},
		{Name: "TRAVEL_BAN", Doc: "May not leave the country or an area."},
		{Name: "GAG_ORDER", Doc: "May not speak about the case in public."},
		{Name: "HOUSE_ARREST", Doc: "Confined to a home."},
		{Name: "BAIL", Doc: "Against bail."},
		{Name: "ALTERNATIVE_UNSPECIFIED", Doc: "An alternative measure, not said which."},
		{Name: "OTHER", Doc: "Another measure."},
		{Name: "UNKNOWN", Doc: "A source says that the measure is not known."},
	}}
	OutcomeEnum = &Enum{Name: "Outcome", Doc: "How a detention ended.", Values: []EnumValue{
		{Name: "RELEASED", Doc: "Let go."}, {Name: "DIED", Doc: "Died in detention."}, {Name: "ESCAPED", Doc: "Escaped."},
		{Name: "EXPELLED", Doc: "Expelled from the country."}, {Name: "TRANSFERRED", Doc: "Handed to another authority or state."},
		{Name: "OTHER", Doc: "Ended in another way."}, {Name: "UNKNOWN", Doc: "A source says that the outcome is not known."},
	}}
	MinorEnum = &Enum{Name: "MinorAtArrest", Doc: "Whether a source says that someone was under 18 at arrest.", Values: []EnumValue{
		{Name: "YES", Doc: "Under 18."}, {Name: "NO", Doc: "Not under 18."}, {Name: "POSSIBLE", Doc: "May have been under 18."}, {Name: "UNKNOWN", Doc: "Said to be unknown."},
	}}
	ProtectionEnum = &Enum{Name: "Protection", Doc: "A curator's decision about a person's protection.", Values: []EnumValue{
		{Name: "PROTECTED", Doc: "Protected, whatever else is known."}, {Name: "LIFTED", Doc: "Not protected by the evidence recorded until then."},
	}}
	StatusEnum = &Enum{Name: "DetentionStatus", Doc: "Where a detention stands by the statements in force; a claim that is only announced, estimated, reported or alleged, and verified by nobody, says so.", Values: []EnumValue{
		{Name: "DETAINED", Doc: "In custody, by a firm statement of arrest or holding."}, {Name: "DETENTION_REPORTED", Doc: "Arrest or holding is reported, not firm."},
		{Name: "RELEASED", Doc: "Released, by a firm statement."}, {Name: "CONDITIONALLY_RELEASED", Doc: "Released under a measure other than full freedom."},
		{Name: "RELEASE_REPORTED", Doc: "Release is reported, not firm."}, {Name: "ENDED", Doc: "Ended otherwise, or an end is stated."},
		{Name: "DIED", Doc: "Died in detention, by a firm statement."}, {Name: "DEATH_REPORTED", Doc: "Death in detention is reported, not firm."},
		{Name: "UNKNOWN", Doc: "Nothing in force says where it stands, or the dates leave open where it stood on the day of asOf. A sentence alone says nothing about custody."},
	}}
	StandingEnum = &Enum{Name: "Standing", Doc: "What became of a sentence.", Values: []EnumValue{
		{Name: "IMPOSED", Doc: "Imposed."}, {Name: "APPEALED", Doc: "Under appeal."}, {Name: "ANNULLED", Doc: "Annulled."},
		{Name: "PARDONED", Doc: "Pardoned."}, {Name: "AMNESTIED", Doc: "Covered by an amnesty."}, {Name: "SERVED", Doc: "Served."},
	}}
	MetricEnum = &Enum{Name: "Metric", Doc: "What a tally counts.", Values: []EnumValue{
		{Name: "IN_DETENTION", Doc: "People held at a time."}, {Name: "RELEASED", Doc: "People released."}, {Name: "ARRESTED", Doc: "People arrested."},
		{Name: "MISSING", Doc: "People missing."}, {Name: "OTHER", Doc: "Something else, told by criteria."},
	}}
	AttributionEnum = &Enum{Name: "Attribution", Doc: "How a source puts what it says, firmest first.", Values: []EnumValue{
		{Name: "STATED", Doc: "Said flatly."}, {Name: "ANNOUNCED", Doc: "An organization says it and the source passes it on."}, {Name: "ESTIMATED", Doc: "Said to be an estimate."},
		{Name: "REPORTED", Doc: "Said to be reported: “reportedly”."}, {Name: "ALLEGED", Doc: "Said to be alleged: “allegedly”."},
	}}
	VerificationEnum = &Enum{Name: "Verification", Doc: "Who has checked a statement, weakest to strongest.", Values: []EnumValue{
		{Name: "UNVERIFIED", Doc: "Nobody is known to have checked it."}, {Name: "VERIFIED_PRIVATELY", Doc: "Verified by someone who is not named here. Never entered: the public view gives it for FAMILY_OR_COUNSEL."},
		{Name: "FAMILY_OR_COUNSEL", Doc: "Confirmed by the family or counsel. The public view does not tell this."},
		{Name: "NGO_VERIFIED", Doc: "Verified by an NGO."}, {Name: "DOCUMENT", Doc: "Shown by a document."},
	}}
	RankEnum = &Enum{Name: "Rank", Doc: "An editor's choice among statements, with a reason.", Values: []EnumValue{
		{Name: "PREFERRED", Doc: "Preferred to the others."}, {Name: "NORMAL", Doc: "The usual rank."}, {Name: "DEPRECATED", Doc: "Known to be wrong or outdated: kept, and never shown as a value."},
	}}
	VisibilityEnum = &Enum{Name: "Visibility", Doc: "Who may see a statement.", Values: []EnumValue{
		{Name: "PUBLIC", Doc: "Everybody."}, {Name: "RESTRICTED", Doc: "Those whose token has the scope protected:read."},
	}}
)

var enums = []*Enum{KindEnum, MeasureEnum, OutcomeEnum, MinorEnum, StatusEnum, StandingEnum, MetricEnum, AttributionEnum, VerificationEnum, RankEnum, VisibilityEnum, ProtectionEnum}

func on(types ...string) []string { return types }

// Identity and RowType are what every row has; filters compare them like values.
var (
	Identity = &Property{Name: "id", Doc: "Id."}
	RowType  = &Property{Name: "type", Doc: "An entity's type, a link's relation."}
)

// LinkProperties are the values of a link that filters may ask about.
var LinkProperties = []*Property{
	{Name: "role", Doc: "The part that the one plays in the other: coordinator, counsel, released from."},
	{Name: "measure", Doc: "The measure that came with a release.", Value: Choice, Enum: MeasureEnum},
	{Name: "start", Doc: "When it began.", Value: Date, Sorted: true, Shield: Coarsen},
	{Name: "end", Doc: "When it ended.", Value: Date, Sorted: true, Shield: Coarsen},
	{Name: "attribution", Doc: "How its best statement puts it.", Value: Choice, Enum: AttributionEnum, Shield: Show},
	{Name: "verification", Doc: "Who has checked its best statement.", Value: Choice, Enum: VerificationEnum, Shield: Show},
	{Name: "rank", Doc: "The rank of its best statement.", Value: Choice, Enum: RankEnum, Shield: Show},
	{Name: "disputed", Doc: "A statement in force denies it.", Value: Boolean, Shield: Show},
}

// StatementProperties are the values of a statement that filters may ask about;
// those marked Sorted can be ordered by.
var StatementProperties = []*Property{
	{Name: "subject", Doc: "Id of the entity that it is about."},
	{Name: "property", Doc: "Name of the property or relation that it states: birthDate, MEMBER_OF."},
	{Name: "text", Doc: "The value, as text."},
	{Name: "entity", Doc: "Id of the entity at the other end."},
	{Name: "source", Doc: "Id of the source."},
	{Name: "claimedBy", Doc: "Id of the organization that says it, where the source passes it on."},
	{Name: "attribution", Doc: "How the source puts it.", Value: Choice, Enum: AttributionEnum, Shield: Show},
	{Name: "verification", Doc: "Who has checked it.", Value: Choice, Enum: VerificationEnum, Shield: Show},
	{Name: "rank", Doc: "An editor's choice.", Value: Choice, Enum: RankEnum, Shield: Show},
	{Name: "visibility", Doc: "Who may see it.", Value: Choice, Enum: VisibilityEnum},
	{Name: "denies", Doc: "The source says that this is not so.", Value: Boolean, Shield: Show},
	{Name: "disputed", Doc: "A statement in force denies it.", Value: Boolean, Shield: Show},
	{Name: "retracted", Doc: "It has been retracted. Left out, only statements in force are given.", Value: Boolean, Shield: Show},
	{Name: "at", Doc: "When it was recorded.", Sorted: true},
	{Name: "retractedAt", Doc: "When it was retracted."},
}
