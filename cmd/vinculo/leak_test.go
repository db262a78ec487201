package main

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/neo4jtest"
	"github.com/vinculo/vinculo/internal/storetest"
)

// way is one way to read. Asked by everybody it tells no secret, and answers with
// public in it; asked with protected:read it answers with full in it.
type way struct{ name, query, public, full string }

// ways has a row for each way to read. Whoever adds a way to read adds its row.
var ways = []way{
	{"output", `{ node(id: "y1") { ... on Person { name otherNames birthDate deathDate gender occupation description notes nationality protected version protection } } }`, `"name":"Name withheld"`, storetest.MinorName},
	{"output of a detention", `{ node(id: "y2") { ... on Detention { name start end ground measure minorAtArrest outcome status statusAsOf statusStatements { nodes { id text words locator source { id } at by } } } } }`, `"start":"2025-11"`, "2025-11-17"},
	{"output of a sentence", `{ node(id: "y3") { ... on Sentence { name date ground standing lengthMonths proceeding { id } charges { totalCount nodes { name } } detention { person { name } } } } }`, `"date":"2025-12"`, "motivo secreta 8"},
	{"relations", `{ node(id: "y1") { ... on Person { memberOf { totalCount nodes { name } } relatives { totalCount nodes { name } } places { totalCount nodes { name } } mentionedIn { totalCount nodes { title } } detentions { nodes { heldAt { totalCount edges { link { id role start qualifiers { property values } } node { name } } } arrestedAt { totalCount } arrestedBy { edges { link { id role start verification statements { nodes { id words locator source { title } at } } } } } proceedings { totalCount } } } } } }`, `"memberOf":{"totalCount":0,`, "Liceo Imaginario"},
	{"relations from the other end", `{ organizations(where: {name: {eq: "Liceo Imaginario"}}) { nodes { members { totalCount nodes { name } } description notes } } facilities(orderBy: [{field: NAME}]) { nodes { name detentions { totalCount nodes { id } } } } places { nodes { residents { totalCount } arrests { totalCount } } } proceedings { nodes { detentions { totalCount } sentences { totalCount } } } charges { nodes { sentences { totalCount } } } }`, `"residents":{"totalCount":0}`, storetest.MinorName},
	{"links", `{ node(id: "y1") { ... on Person { links { totalCount nodes { id relation role from { id name } to { id name } statements { nodes { id } } } } } } }`, `"links":{"totalCount":1,`, "yk-mother"},
	{"links of a neighbor", `{ node(id: "yo1") { ... on Organization { links { totalCount nodes { id relation role from { id name } to { id name } } } statements { nodes { text words entity { name } } } } } }`, `"links":{"totalCount":0,`, storetest.MinorName},
	{"a withheld link by its id", `{ nodes(ids: ["yk-mother", "yk-school", "yk-juvenile", "yk-mention"]) { id } }`, `{"data":{"nodes":[null,null,null,null]}}`, "yk-mother"},
	{"a withheld statement by its id", `{ nodes(ids: ["ys-name", "ys-birth", "ys-ground", "yr-notes", "yr-words"]) { ... on Statement { id text words } } }`, `{"data":{"nodes":[null,null,null,null,null]}}`, storetest.MinorName},
	{"a shown statement", `{ node(id: "ys-start") { ... on Statement { text lang source { title } locator words claimedBy { name } at by verification reportedBy { name } qualifiers { values } link { id } } } }`, `"text":"2025-11","lang":null,"source":null,"locator":null,"words":null`, "ocurrió ante testigos"},
	{"facts", `{ node(id: "y1") { ... on Person { facts { property text attribution verification statements { nodes { id } } } } } }`, `"property":"nationality"`, storetest.MinorName},
	{"facts of a detention", `{ node(id: "y2") { ... on Detention { facts(properties: [START, END, GROUND, MINOR_AT_ARREST, MEASURE, NAME], relations: [HELD_AT, ARRESTED_AT, TRIED_IN]) { property text entity { name } corroborated statements { nodes { words source { title } } } } } } }`, `"text":"2025-11"`, "causa secreta 6"},
	{"statements", `{ node(id: "y1") { ... on Person { statements { totalCount nodes { id property text entity { id } source { title } at } } } } }`, `"property":"nationality"`, "seña secreta 1"},
	{"all statements", `{ statements(first: 100, where: {subject: {in: ["y1", "y2", "y3"]}}) { totalCount nodes { id property text words locator at } } }`, `"property":"lengthMonths"`, "vida secreta 3"},
	{"retracted statements", `{ statements(where: {retracted: {eq: true}}) { totalCount nodes { id text subject { name } } } }`, `"totalCount":0`, "nota retirada"},
	{"sources and reporters", `{ node(id: "y1") { ... on Person { sources { totalCount nodes { title } } reportedBy { name } } } }`, `"sources":{"totalCount":0,"nodes":[]},"reportedBy":[{"name":"Diario Imaginario"}]`, "Informe inventado"},
	{"filter by name", `{ people(where: {name: {contains: "ejemplo"}}) { totalCount nodes { id } } }`, `"totalCount":0`, `"totalCount":1`},
	{"filter by a made name", `{ people(where: {name: {contains: "withheld"}}) { totalCount } all: people(where: {name: {isNull: true}}) { totalCount nodes { name } } }`, `{"people":{"totalCount":0},"all":{"totalCount":1,"nodes":[{"name":"Name withheld"}]}}`, `"all":{"totalCount":0`},
	{"filter by a withheld property", `{ people(where: {or: [{birthDate: {on: "2009-03-14"}}, {gender: {contains: "secreta"}}, {occupation: {contains: "secreta"}}, {otherNames: {startsWith: "ninita"}}]}) { totalCount } }`, `"totalCount":0`, `"totalCount":1`},
	{"filter by the exact day", `{ detentions(where: {start: {on: "2025-11-17"}}) { totalCount } before: detentions(where: {start: {before: "2025-11-18"}}) { totalCount } possibly: detentions(where: {start: {on: "2025-11-02", possibly: true}}) { totalCount } }`, `{"detentions":{"totalCount":0},"before":{"totalCount":0},"possibly":{"totalCount":1}}`, `{"detentions":{"totalCount":1},"before":{"totalCount":1},"possibly":{"totalCount":0}}`},
	{"filter by minority", `{ detentions(where: {minorAtArrest: {eq: YES}}) { totalCount } not: detentions(where: {not: {minorAtArrest: {eq: YES}}}) { totalCount } null: detentions(where: {minorAtArrest: {isNull: true}}) { totalCount } }`, `{"detentions":{"totalCount":0},"not":{"totalCount":1},"null":{"totalCount":1}}`, `{"detentions":{"totalCount":1},"not":{"totalCount":0}`},
	{"filter over a withheld relation", `{ people(where: {memberOf: {some: {node: {name: {eq: "Liceo Imaginario"}}}}}) { totalCount } count: people(where: {relatives: {count: {of: {}, gte: 1}}}) { totalCount } every: people(where: {places: {none: {}}}) { totalCount } }`, `{"people":{"totalCount":0},"count":{"totalCount":0},"every":{"totalCount":2}}`, `{"people":{"totalCount":2},"count":{"totalCount":2},"every":{"totalCount":1}}`},
	{"filter from the other end", `{ facilities(where: {detentions: {some: {}}}) { totalCount } organizations(where: {members: {some: {node: {name: {startsWith: "niña"}}}}}) { totalCount } }`, `{"facilities":{"totalCount":1},"organizations":{"totalCount":0}}`, `{"facilities":{"totalCount":2},"organizations":{"totalCount":1}}`},
	{"filter on links", `{ node(id: "y2") { ... on Detention { heldAt(where: {node: {kind: {eq: JUVENILE}}}) { totalCount } arrestedBy(where: {link: {or: [{role: {contains: "secreta"}}, {start: {on: "2025-11-29"}}]}}) { totalCount } } } }`, `{"heldAt":{"totalCount":0},"arrestedBy":{"totalCount":0}}`, `{"heldAt":{"totalCount":1},"arrestedBy":{"totalCount":1}}`},
	{"filter on statements", `{ statements(where: {or: [{text: {contains: "secreta"}}, {text: {eq: "2009-03-14"}}, {property: {eq: "birthDate"}}]}) { totalCount nodes { id } } source: statements(where: {and: [{source: {eq: "src"}}, {subject: {eq: "y1"}}]}) { totalCount } }`, `"source":{"totalCount":0}`, `{"id":"ys-birth"}`},
	{"order", `{ people(orderBy: [{field: NAME}]) { nodes { id } } birth: people(orderBy: [{field: BIRTH_DATE}]) { nodes { id } } }`, `"people":{"nodes":[{"id":"yp1"},{"id":"y1"}]}`, `"birth":{"nodes":[{"id":"y1"},{"id":"yp1"}]}`},
	{"order by counts", `{ facilities(orderBy: [{field: DETENTIONS_COUNT, direction: DESC}]) { nodes { id } } }`, `[{"id":"yf2"},{"id":"yf1"}]`, `{"id":"yf1"}`},
	{"as of a day", `{ early: detentions(asOf: "2025-11-05") { totalCount } late: detentions(asOf: "2025-12-25") { totalCount } arrest: organizations(where: {name: {startsWith: "fuerza"}}) { nodes { arrests(asOf: "2025-11-20") { totalCount } } } }`,
		`{"early":{"totalCount":1},"late":{"totalCount":1},"arrest":{"nodes":[{"arrests":{"totalCount":1}}]}}`, `{"early":{"totalCount":0},"late":{"totalCount":0},"arrest":{"nodes":[{"arrests":{"totalCount":0}}]}}`},
	{"status of a day", `{ node(id: "y1") { ... on Person { mid: detentions(asOf: "2025-11-20") { nodes { status } } end: detentions(asOf: "2025-12-19") { nodes { status } } last: detentions(asOf: "2025-12-31") { nodes { status } } } } }`,
		`"mid":{"nodes":[{"status":"UNKNOWN"}]},"end":{"nodes":[{"status":"UNKNOWN"}]},"last":{"nodes":[{"status":"RELEASED"}]}`, `"mid":{"nodes":[{"status":"DETAINED"}]},"end":{"nodes":[{"status":"CONDITIONALLY_RELEASED"}]},"last":{"nodes":[]}`},
	{"degree", `{ node(id: "y1") { ... on Person { degree { relation totalCount } } } place: node(id: "yl1") { ... on Place { degree { relation totalCount } } } }`,
		`{"node":{"degree":[{"relation":"HAS_DETENTION","totalCount":1}]},"place":{"degree":[]}}`, `"place":{"degree":[{"relation":"ARRESTED_AT","totalCount":1},{"relation":"LOCATED_IN","totalCount":1}]}`},
	{"degree of named relations", `{ people(orderBy: [{field: NAME}]) { nodes { degree(relations: [RELATIVE_OF, MENTIONS]) { relation totalCount } } } }`, `{"people":{"nodes":[{"degree":[]},{"degree":[]}]}}`, `{"relation":"MENTIONS","totalCount":1}`},
	{"paths", `{ paths(from: "y1", to: "yp1") { paths { length nodes { name } links { id relation statements { nodes { words source { title } } } } otherLinks { id } weakest { id } } hubs { totalCount node { name } } unspecifiedBodies { name } complete } }`,
		`{"paths":{"paths":[],"hubs":[],"unspecifiedBodies":[],"complete":true}}`, "yk-mother"},
	{"labels of a path", `{ paths(from: "yf2", to: "ye1", types: [PERSON, DETENTION]) { paths { nodes { name } links { id start statements { nodes { id } } } } } school: paths(from: "yo1", to: "yf1", relations: [MEMBER_OF, HELD_AT, HAS_DETENTION]) { paths { nodes { name } } } }`,
		`"school":{"paths":[]}`, storetest.MinorName},
	{"hubs of a path", `{ paths(from: "y2", to: "yp1", maxDegree: 2) { paths { length } hubs { totalCount node { name } } hubCount } }`, `"hubs":[],"hubCount":0`, `"node":{"name":"` + storetest.MinorName + `"}`},
	{"neighborhood", `{ neighborhood(ids: ["y1"], depth: 3) { nodes { id name } links { id relation } truncated { relation totalCount } } place: neighborhood(ids: ["yl1", "yo1", "yf1"]) { nodes { name } links { id } } }`,
		`"place":{"nodes":[{"name":"Pueblo Imaginario"},{"name":"Liceo Imaginario"},{"name":"Centro Juvenil Imaginario"}],"links":[]}`, "yk-juvenile"},
	{"what a neighborhood leaves out", `{ neighborhood(ids: ["y1", "yo1", "yl1"], first: 0) { nodes { name } truncated { relation totalCount } } }`, `"truncated":[{"relation":"HAS_DETENTION","totalCount":1}]`, `{"relation":"RELATIVE_OF","totalCount":1}`},
	{"neighborhood of a day", `{ neighborhood(ids: ["yf2"], asOf: "2025-11-05") { nodes { id } } }`, `{"id":"y2"}`, `{"nodes":[{"id":"yf2"}]}`},
	{"what is common", `{ common(ids: ["y1", "yp1"]) { totalCount shared { connected node { name } paths { links { id } } } hubCount } one: common(ids: ["yl1", "yo1"], atLeast: 1, within: 2) { totalCount shared { node { name } } } }`,
		`{"common":{"totalCount":0,"shared":[],"hubCount":0},"one":{"totalCount":0,"shared":[]}}`, "Liceo Imaginario"},
	{"what is common on a day", `{ common(ids: ["y1"], atLeast: 1, asOf: "2025-11-05") { shared { node { id name } paths { nodes { ... on Detention { status start } } links { id start } } } } }`, `"node":{"id":"yf2",`, `{"common":{"shared":[{"node":{"id":`},
	{"ranks of a day", `{ centrality(measure: DEGREE, relations: [HELD_AT], asOf: "2025-11-05") { nodeCount ranking { node { id name } } } communities(relations: [HELD_AT], asOf: "2025-11-05") { nodeCount } }`, `"communities":{"nodeCount":2}`, `{"centrality":{"nodeCount":0,"ranking":[]},"communities":{"nodeCount":0}}`},
	{"search", `{ search(text: "niña ejemplo ficticia") { totalCount pageInfo { hasNextPage } nodes { id name } edges { cursor score property text highlights { text hit } } } alias: search(text: "ninita", mode: PREFIX) { totalCount } second: search(text: "otro nombre secreto") { totalCount } }`,
		`"alias":{"totalCount":0},"second":{"totalCount":0}`, `"text":"` + storetest.MinorName + `"`},
	{"search for what is like a withheld name", `{ typo: search(text: "ejenplo") { totalCount } sound: search(text: "fictisia") { totalCount } initial: search(text: "n. e. f.") { totalCount nodes { id } } made: search(text: "name withheld") { totalCount } text: search(text: "secreta") { totalCount } }`,
		`{"typo":{"totalCount":0},"sound":{"totalCount":0},`, `{"typo":{"totalCount":1},"sound":{"totalCount":1},`},
	{"match", `{ match(queries: [{name: "niña ejemplo ficticia", birthDate: "2009-03-14", properties: [{property: GENDER, text: "secreta"}]}, {name: "otro nombre secreto", type: PERSON}, {name: "ninita inventada", type: PERSON}]) { candidates { score node { id name } features { name agreement } } } }`,
		`{"data":{"match":[{"candidates":[]},{"candidates":[]},{"candidates":[]}]}}`, storetest.MinorName},
	{"fuzzy filters", `{ people(where: {name: {fuzzy: "ficticai"}}) { totalCount } other: people(where: {otherNames: {fuzzy: "ninta"}}) { totalCount } texts: statements(where: {text: {fuzzy: "secrta"}}) { totalCount } notes: organizations(where: {notes: {fuzzy: "secrta"}}) { totalCount } }`,
		`{"people":{"totalCount":0},"other":{"totalCount":0},"texts":{"totalCount":0},"notes":{"totalCount":0}}`, `{"people":{"totalCount":1},"other":{"totalCount":1}`},
	{"ranks", `{ centrality(measure: DEGREE) { nodeCount pairCount ranking { position score node { id name } } } contracted: centrality(measure: BETWEENNESS, contract: true) { nodeCount ranking { score node { name } } } people: centrality(measure: PAGERANK, types: [PERSON, ORGANIZATION]) { nodeCount pairCount } closeness: centrality(measure: CLOSENESS, relations: [HELD_AT]) { nodeCount } }`,
		`"people":{"nodeCount":0,"pairCount":0},"closeness":{"nodeCount":2}`, `"closeness":{"nodeCount":3}`},
	{"communities", `{ communities(types: [PERSON, ORGANIZATION, PLACE]) { communityCount modularity nodeCount pairCount communities { size nodes { name } } } }`, `"communityCount":0,"modularity":0,"nodeCount":0`, storetest.MinorName},
	{"accounting", `{ node(id: "ye1") { ... on Event { accounting { stated placed named unaccounted { min max } basis { parts { tally { count criteria } places { id } } people { person { id name } link { id start statements { nodes { id words } } } } } } } } }`,
		`{"stated":["7"],"placed":[],"named":0,"unaccounted":{"min":0,"max":7},"basis":{"parts":[],"people":[]}}`, `"placed":["3"],"named":1,"unaccounted":{"min":0,"max":4},"basis":{"parts":[{"tally":{"count":"3","criteria":"` + storetest.MinorName + `"},`},
	{"tallies by organization", `{ tallies { totalCount byOrganization { organization { name } tallies { id count criteria date } } } }`, `{"tallies":{"totalCount":2,"byOrganization":[{"organization":null,"tallies":[{"id":"yt1","count":"7","criteria":null,"date":"2025-12-03"},{"id":"yt2","count":null,"criteria":null,"date":null}]}]}}`, `"organization":{"name":"Fuerza Imaginaria"}`},
	{"stock and flow", `{ stockAndFlow(before: "2025-11", after: "2025-12") { heldBefore { range { min max } tallies { id } } released { range { min } tallies { id } } expected { min } gap { max } missing } }`,
		`{"stockAndFlow":{"heldBefore":{"range":{"min":null,"max":null},"tallies":[]},"released":{"range":{"min":7},"tallies":[{"id":"yt1"}]},"expected":{"min":null},"gap":{"max":null},"missing":["HELD_BEFORE","ARRESTED","HELD_AFTER"]}}`, `"heldBefore":{"range":{"min":5,"max":5},"tallies":[{"id":"yt3"}]}`},
	{"buckets of people", `{ people { names: breakdown(by: [NAME]) { nodeCount bucketCount buckets { nodeCount keys { unknown text } } } parties: breakdown(by: [MEMBER_OF, PLACE]) { buckets { nodeCount keys { text entity { id } } } } births: timeline(interval: YEAR, of: BIRTH_DATE) { undatedCount buckets { start certainCount } } } }`,
		`{"people":{"names":{"nodeCount":2,"bucketCount":2,"buckets":[{"nodeCount":1,"keys":[{"unknown":false,"text":"Madre Figurada"}]},{"nodeCount":1,"keys":[{"unknown":true,"text":null}]}]},"parties":{"buckets":[{"nodeCount":2,"keys":[{"text":null,"entity":null},{"text":null,"entity":null}]}]},"births":{"undatedCount":2,"buckets":[]}}}`, storetest.MinorName},
	{"buckets of detentions", `{ detentions { prisons: breakdown(by: [HELD_AT]) { buckets { nodeCount keys { text } } } schools: breakdown(by: [MEMBER_OF, MINOR_AT_ARREST], number: LENGTH_MONTHS) { buckets { keys { unknown text } numbers { numberCount } } } courts: breakdown(by: [COURT, PROCEEDING]) { bucketCount } genders: breakdown(by: [GENDER, GROUND]) { bucketCount buckets { keys { unknown } } } days: timeline(interval: DAY, of: START) { undatedCount buckets { certainCount } } } }`,
		`"prisons":{"buckets":[{"nodeCount":1,"keys":[{"text":"Cárcel Imaginaria"}]}]},"schools":{"buckets":[{"keys":[{"unknown":true,"text":null},{"unknown":true,"text":null}]`, "Centro Juvenil Imaginario"},
	{"buckets of neighbors", `{ organizations(where: {name: {eq: "Liceo Imaginario"}}) { breakdown(by: [MEMBER]) { buckets { keys { text entity { id } } } } nodes { members { breakdown(by: [GENDER]) { nodeCount bucketCount } timeline(interval: YEAR, of: BIRTH_DATE) { nodeCount } } } } facilities { breakdown(by: [DETENTION], orderBy: {field: KEY}) { buckets { nodeCount keys { unknown text } } } } }`,
		`{"members":{"breakdown":{"nodeCount":0,"bucketCount":0},"timeline":{"nodeCount":0}}}`, storetest.MinorName},
	{"buckets of statements", `{ statements(where: {subject: {in: ["y1", "y2", "y3"]}}) { breakdown(by: [TEXT, SOURCE], first: 100) { buckets { keys { text entity { id } } } } said: breakdown(by: [PROPERTY, CLAIMED_BY]) { nodeCount } visible: breakdown(by: [VISIBILITY, ENTITY], first: 100) { buckets { keys { text } } } } }`,
		`{"text":"2025-11","entity":null},{"text":null,"entity":null}`, storetest.MinorName},
	{"totals", `{ people { totalCount } links: node(id: "yo1") { ... on Organization { members { totalCount } statements { totalCount } } } }`, `"people":{"totalCount":2},"links":{"members":{"totalCount":0},"statements":{"totalCount":3}}`, `"links":{"members":{"totalCount":2},"statements":{"totalCount":5}}`},
	{"cursors", `{ people(orderBy: [{field: NAME}, {field: BIRTH_DATE}]) { edges { cursor node { id } } pageInfo { startCursor endCursor } } }`, `"edges"`, `"edges"`},
	{"errors", `{ people(where: {name: {eq: 5}}) { totalCount } }`, `"errors"`, `"errors"`},
	{"errors of arguments", `{ people(first: 1, after: "Tmnxb2E") { totalCount } }`, `BAD_USER_INPUT`, `BAD_USER_INPUT`},
	{"the source that mentions", `{ sources { nodes { title mentions { totalCount nodes { name } } } } }`, `"mentions":{"totalCount":0`, storetest.MinorName},
	{"known at a moment", `{ statements(first: 100, knownAt: "2100-01-01T00:00:00Z", where: {subject: {in: ["y1", "y2", "y3"]}}) { totalCount nodes { id text words at retractedAt } } node(id: "yv-arrest") { ... on Link { statements(knownAt: "2100-01-01T00:00:00Z") { totalCount nodes { at } } } } }`,
		`{"statements":{"totalCount":0,"nodes":[]},"node":{"statements":{"totalCount":0,"nodes":[]}}}`, "vida secreta 3"},
	{"retracted and when", `{ statements(where: {subject: {eq: "y1"}, retracted: {eq: true}}) { totalCount nodes { text retractedAt } } when: statements(where: {subject: {in: ["y1", "y2", "y3"]}, at: {isNull: false}}, orderBy: [{field: AT}]) { totalCount } }`, `"when":{"totalCount":0}`, `"text":"nota retirada","retractedAt":"2`},
	{"history", `{ nodes(ids: ["y1", "y2", "y3"]) { ... on Entity { history { nodes { sequence at change by reason addedStatements { id text words } retractedStatements { id text } setStatements { id } } } } } }`,
		`{"data":{"nodes":[{"history":null},{"history":null},{"history":null}]}}`, "nota retirada"},
	{"history of neighbors", `{ nodes(ids: ["yo1", "yp1", "yf1", "yf2", "yc1", "yl1"]) { ... on Entity { version history { nodes { change addedStatements { id text words entity { name } } } } } } }`,
		`{"nodes":[{"change":"CREATED","addedStatements":[{"id":"yc1.type","text":"Charge","words":null,"entity":null}]}]}`, "Un liceo secreta 9."},
	{"snapshot", `{ nodes(ids: ["y1", "y2", "y3"]) { ... on Entity { snapshot(knownAt: "2100-01-01T00:00:00Z") { type kind name description detentionStatus facts(properties: [NAME, BIRTH_DATE, START, GROUND, NOTES, DATE], relations: [MEMBER_OF, HELD_AT, RELATIVE_OF]) { property text entity { name } statements { nodes { id words locator source { title } } } } links { totalCount nodes { relation role start qualifiers { values } entity { name } statements { nodes { words } } } } } } } }`,
		`{"data":{"nodes":[{"snapshot":null},{"snapshot":null},{"snapshot":null}]}}`, storetest.MinorName},
	{"snapshot of neighbors", `{ nodes(ids: ["yo1", "yp1", "yf1", "yf2", "yc1", "yl1", "src"]) { ... on Entity { snapshot(knownAt: "2100-01-01T00:00:00Z") { name description facts(properties: [NOTES], relations: [RELATIVE_OF, MEMBER_OF, MENTIONS]) { text entity { name } } links { totalCount nodes { relation reverse role start qualifiers { values } entity { name } statements { nodes { id words } } } } } } } }`,
		`{"snapshot":{"name":"Liceo Imaginario","description":null,"facts":[],"links":{"totalCount":0,"nodes":[]}}}`, storetest.MinorName},
	{"a former id", `{ node(id: "y9") { id ... on Person { name formerIds } } nodes(ids: ["y9", "y1"]) { id } }`, `{"data":{"node":null,"nodes":[null,{"id":"y1"}]}}`, `"formerIds":["y9"]},"nodes":[{"id":"y1"},{"id":"y1"}]`},
	{"judgements", `{ node(id: "y1") { ... on Person { formerIds judgements { totalCount edges { link { id statements { nodes { id words } } } node { id } } } } } people(orderBy: [{field: NAME}]) { nodes { id formerIds judgements { totalCount } degree(relations: [SAME_AS, UNSURE_SAME_AS]) { totalCount } } } }`,
		`"formerIds":[],"judgements":{"totalCount":0,"edges":[]}}`, `"words":"razón secreta"`},
	{"judgements from the other end", `{ node(id: "yp1") { ... on Person { judgements { totalCount nodes { id } } statements(where: {property: {eq: "UNSURE_SAME_AS"}}) { nodes { id } } } } }`, `"judgements":{"totalCount":0,"nodes":[]},"statements":{"nodes":[]}`, `"ys-unsure"`},
	{"filter by a former id", `{ people(where: {id: {eq: "y9"}}) { totalCount } statements(where: {subject: {eq: "y9"}}) { totalCount } judged: people(where: {judgements: {some: {}}}) { totalCount } }`,
		`{"people":{"totalCount":0},"statements":{"totalCount":0},"judged":{"totalCount":0}}`, `"judged":{"totalCount":2}`},
	{"texts about others", `{ organizations(orderBy: [{field: NAME}]) { nodes { name description notes } } events { nodes { notes } } }`, `"description":null`, "Un liceo secreta 9."},
}

// secondRecord is what another source has of the minor, under another id and name.
var secondRecord = []string{
	`{"id":"yv-second","subject":"y9","property":"type","value":"Person","source":"src"}`,
	`{"id":"ys-second","subject":"y9","property":"name","value":"Otro Nombre Secreto","source":"src"}`,
	`{"id":"ys-same","subject":"y9","property":"SAME_AS","entity":"y1","source":"editorial","words":"razón secreta"}`,
	`{"id":"ys-unsure","subject":"yp1","property":"UNSURE_SAME_AS","entity":"y9","source":"editorial"}`,
}

// countsOfThem are counts of the release that the minor was in, one of which nobody
// but who may see it knows.
var countsOfThem = []string{
	`{"id":"yt1.type","subject":"yt1","property":"type","value":"Tally","source":"src"}`,
	`{"id":"yt1.metric","subject":"yt1","property":"metric","value":"RELEASED","source":"src"}`,
	`{"id":"yt1.count","subject":"yt1","property":"count","value":"7","source":"src"}`,
	`{"id":"yt1.date","subject":"yt1","property":"date","value":"2025-12-03","source":"src"}`,
	`{"id":"yt1.for","subject":"yt1","property":"COUNTS_FOR","entity":"ye1","source":"src"}`,
	`{"id":"yt2.type","subject":"yt2","property":"type","value":"Tally","source":"src"}`,
	`{"id":"ys-part","subject":"yt2","property":"count","value":"3","source":"src","visibility":"RESTRICTED"}`,
	`{"id":"ys-criteria","subject":"yt2","property":"criteria","value":"Niña Ejemplo Ficticia","source":"src"}`,
	`{"id":"yt2.part","subject":"yt2","property":"PART_OF","entity":"yt1","source":"src"}`,
	`{"id":"ys-held-type","subject":"yt3","property":"type","value":"Tally","source":"src","visibility":"RESTRICTED"}`,
	`{"id":"ys-held","subject":"yt3","property":"metric","value":"IN_DETENTION","source":"src"}`,
	`{"id":"ys-held-count","subject":"yt3","property":"count","value":"5","source":"src"}`,
	`{"id":"ys-held-date","subject":"yt3","property":"date","value":"2025-11-03","source":"src"}`,
	`{"id":"ys-held-by","subject":"yt3","property":"COUNTED_BY","entity":"yo2","source":"src"}`,
}

// minorFile writes the invented minor's graph as a statement file.
func minorFile(t *testing.T) string {
	t.Helper()
	lines := []string{`{"vinculo":"statements","version":1}`}
	for _, c := range storetest.NewMinor().Commits {
		for _, s := range c.Add {
			line, err := json.Marshal(s)
			if err != nil {
				t.Fatal(err)
			}
			lines = append(lines, string(line))
		}
	}
	lines = append(lines, slices.Concat(secondRecord, countsOfThem)...)
	// More than one commit, as most imports are, and something that was taken back.
	lines = append(lines, `{"id":"ys-retracted","subject":"y1","property":"notes","value":"nota retirada","source":"src"}`,
		`{"retract":"ys-retracted","reason":"mistaken"}`)
	path := filepath.Join(t.TempDir(), "minor.jsonl")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// onBothStores runs a test against a server on each store.
func onBothStores(t *testing.T, test func(t *testing.T, env []string)) {
	t.Run("embedded", func(t *testing.T) {
		test(t, []string{"DATA_DIR=" + filepath.Join(t.TempDir(), "var")})
	})
	t.Run("neo4j", func(t *testing.T) {
		target := neo4jtest.Clean(t)
		test(t, []string{
			"DATA_DIR=" + filepath.Join(t.TempDir(), "var"), "NEO4J_URI=" + target.URI,
			"NEO4J_USERNAME=" + target.Username, "NEO4J_PASSWORD=" + target.Password,
		})
	})
}

func TestNothingLeaks(t *testing.T) {
	onBothStores(t, func(t *testing.T, env []string) {
		if o := runCommand(t, "", env, "import", minorFile(t)); o.code != 0 {
			t.Fatalf("import: %+v", o)
		}
		server := start(t, env).ready(t)
		made := runCommand(t, "", env, "token", "--role", "reporter", "--scope", "protected:read")
		if made.code != 0 {
			t.Fatalf("token: %+v", made)
		}
		token, seen := strings.TrimSpace(made.out), ""
		secrets := append(storetest.NewMinor().Secrets, "y9", "ys-second", "ys-same", "ys-unsure", "ys-part", "ys-criteria", "yt3", "ys-held", "otro nombre secreto", "razón secreta")
		for _, w := range ways {
			t.Run(w.name, func(t *testing.T) {
				status, public := server.ask(t, w.query, "")
				if status >= http.StatusInternalServerError || !strings.Contains(public, w.public) {
					t.Errorf("public: %d %s\nwant in it %s", status, public, w.public)
				}
				for _, secret := range secrets {
					if at := strings.Index(match.Fold(withCursorsRead(public)), match.Fold(secret)); at >= 0 && !strings.Contains(match.Fold(w.query), match.Fold(secret)) {
						t.Errorf("public: tells %q: %s", secret, public)
					}
				}
				status, full := server.ask(t, w.query, token)
				if status >= http.StatusInternalServerError || !strings.Contains(full, w.full) {
					t.Errorf("full: %d %s\nwant in it %s", status, full, w.full)
				}
				seen += full
			})
		}
		for _, secret := range []string{storetest.MinorName, storetest.MinorAlias, "2009-03-14", "2025-11-17", "página 7"} {
			if !strings.Contains(seen, secret) {
				t.Errorf("no way shows %q to who may see it: the table has a hole", secret)
			}
		}
		server.stop(t)
	})
}

var opaque = regexp.MustCompile(`"(cursor|startCursor|endCursor)":"([A-Za-z0-9_-]+)"`)

// withCursorsRead adds what cursors hold: they are no secret to who can decode them.
func withCursorsRead(answer string) string {
	for _, m := range opaque.FindAllStringSubmatch(answer, -1) {
		if text, err := base64.RawURLEncoding.DecodeString(m[2]); err == nil {
			answer += string(text)
		}
	}
	return answer
}

// The questions of the front page, and those about the graph as a whole, get the same
// answers out of both stores,
// byte for byte.
func TestBothStoresAnswerTheBundledQuestionsAlike(t *testing.T) {
	answers := map[string][]string{}
	onBothStores(t, func(t *testing.T, env []string) {
		server := start(t, env, "--bundled").ready(t)
		for _, query := range bundledQuestions {
			status, text := server.ask(t, query, "")
			if status != http.StatusOK || strings.Contains(text, `"errors"`) {
				t.Errorf("%d %s", status, text)
			}
			answers[query] = append(answers[query], text)
		}
		server.stop(t)
	})
	for i, query := range bundledQuestions {
		if list := answers[query]; len(list) == 2 && list[0] != list[1] {
			t.Errorf("embedded: %s\nneo4j:    %s", list[0], list[1])
		}
		for _, part := range bundledParts[i] {
			if len(answers[query]) > 0 && !strings.Contains(answers[query][0], part) {
				t.Errorf("question %d: %s\nlacks %s", i+1, answers[query][0], part)
			}
		}
	}
}

var bundledQuestions = []string{
	`{ organizations(where: {name: {eq: "Vente Venezuela"}}) { nodes { kind members { edges { link { role attribution statements { nodes { source { title } } } } node {
    name detentions { nodes { status statusAsOf start arrestedBy { nodes { name kind unspecified } } sources { nodes { title publishers { nodes { name } } } } } } } } } } } }`,
	`{ tallies(where: {metric: {eq: IN_DETENTION}}, orderBy: [{field: VALUE, direction: DESC}]) { totalCount nodes { count value min max approximate words date countedBy { nodes { name } } } } }`,
	`{ people(where: {name: {eq: "Marggie Orozco"}}) { nodes { occupation reportedBy { name } detentions { nodes { ground facts(properties: [GROUND]) { text attribution } status sentences { nodes { lengthMonths } } proceedings { totalCount } releases { edges { link { attribution measure } node { name start } } } } } } } }`,
	`{ all: people(first: 100) { totalCount nodes { name protected sources { totalCount } detentions { nodes { status charges { nodes { name } } sentences { nodes { lengthMonths } } } } } } }`,
	`{ paths(from: "c25.p05", to: "c25.p02") { paths { length } unspecifiedBodies { name } complete }
    asked: paths(from: "c25.p05", to: "c25.p02", throughUnspecified: true) { paths { length nodes { name } links { relation statements { nodes { source { title } attribution } } } weakest { verification } } unspecifiedBodies { name } } }`,
	`{ neighborhood(ids: ["c25.p05", "c25.e01"], depth: 3, first: 20) { nodes { id name } links { id relation } truncated { relation totalCount } }
    common(ids: ["c25.p01", "c25.p05", "c25.p02"], atLeast: 2, within: 2, throughUnspecified: true) { totalCount shared { node { name } connected paths { links { id } } } }
    centrality(measure: BETWEENNESS, contract: true) { nodeCount pairCount ranking { position score node { name } } } pagerank: centrality(measure: PAGERANK) { ranking { score node { id } } }
    communities { modularity communities { size nodes { id } } } }`,
	`{ node(id: "c25.e01") { ... on Event { accounting { stated placed named unaccounted { min max } basis { wholes { tally { count sources { nodes { title } } } link { relation } }
    parts { tally { count } places { role to { name } statements { nodes { id } } } } people { person { name } link { attribution } } } } } } }`,
	`{ tallies(where: {metric: {eq: IN_DETENTION}}) { byOrganization { organization { name } tallies { count date criteria } } }
    stockAndFlow(before: "2025-11", after: "2025-12") { released { range { min max } tallies { count sources { nodes { title } } } } heldAfter { range { min max } tallies { id } } gap { min max } missing } }`,
	`{ detentions { breakdown(by: [CHARGE]) { nodeCount buckets { nodeCount keys { unknown text } } } pairs: breakdown(by: [CHARGE, COURT], number: LENGTH_MONTHS) { bucketCount buckets { numbers { numberCount median } } } timeline(interval: MONTH, of: START) { undatedCount buckets { start certainCount possibleCount } } } }`,
	`{ a: search(text: "melquiades pulído") { nodes { name } edges { score text highlights { text hit } } } b: search(text: "Pulido, M.") { totalCount nodes { id } edges { score } }
    m: match(queries: [{name: "Melquiades Pulido", type: PERSON}, {name: "fuerzas"}]) { candidates { score node { name } features { name agreement } } } f: people(where: {name: {fuzzy: "pulildo"}}) { nodes { name } }
    c: search(text: "Melkiades Pulidop", first: 1) { nodes { name } } d: search(text: "security", mode: PREFIX) { edges { score property text node { id } } } }`,
}

var bundledParts = [][]string{
	{`"name":"Melquíades Pulido"`, `"status":"DETAINED"`, `{"name":"state security forces","kind":"SECURITY_FORCE","unspecified":true}`, `"publishers":{"nodes":[{"name":"EL PAÍS"}]}`},
	{`"totalCount":4`, `"count":"1085","value":1085,"min":1085,"max":1085,"approximate":false`, `"count":"800~..","value":null,"min":800,"max":null,"approximate":true`, `"count":"..1000~","value":null,"min":null,"max":1000,"approximate":true`},
	{`"attribution":"ALLEGED"`, `"status":"RELEASE_REPORTED"`, `"lengthMonths":360`, `"proceedings":{"totalCount":0}`, `"link":{"attribution":"REPORTED","measure":null}`},
	{`"totalCount":7`, `{"name":"Name withheld","protected":true,"sources":{"totalCount":0},"detentions":{"nodes":[{"status":"UNKNOWN","charges":{"nodes":[{"name":"terrorism"}]},"sentences":{"nodes":[{"lengthMonths":120}]}}]}}`},
	{`"paths":{"paths":[],"unspecifiedBodies":[{"name":"state security forces"}],"complete":true}`, `"asked":{"paths":[{"length":4,"nodes":[{"name":"Melquíades Pulido"},`,
		`{"relation":"ARRESTED_BY","statements":{"nodes":[{"source":{"title":"Release of political prisoners`, `"weakest":{"verification":"UNVERIFIED"}}],"unspecifiedBodies":[]}`},
	{`"shared":[{"node":{"name":"state security forces"},"connected":2`, `"position":1,"score":0.0661764705882353,"node":{"name":"state security forces"}`},
	{`"accounting":{"stated":["99"],"placed":["65..","3","3"],"named":1,"unaccounted":{"min":0,"max":34},"basis":{"wholes":[{"tally":{"count":"99","sources":{"nodes":[{"title":"Release of political prisoners`,
		`{"tally":{"count":"65.."},"places":[{"role":"RELEASED_FROM","to":{"name":"Tocorón prison"}`, `"places":[{"role":"ARRESTED_IN","to":{"name":"Vargas"}`, `"people":[{"person":{"name":"Marggie Orozco"},"link":{"attribution":"REPORTED"}}]`},
	{`{"organization":{"name":"Justicia, Encuentro y Perdón"},"tallies":[{"count":"..1000~","date":"[2025-12-25..2025-12-31]","criteria":"those who remain behind bars"},{"count":"1085",`,
		`"released":{"range":{"min":99,"max":99},"tallies":[{"count":"99",`, `"heldAfter":{"range":{"min":0,"max":null}`, `"gap":{"min":null,"max":null},"missing":["HELD_BEFORE","ARRESTED"]`},
	{`"nodeCount":6,"buckets":[{"nodeCount":5,"keys":[{"unknown":true,"text":null}]},{"nodeCount":1,"keys":[{"unknown":false,"text":"terrorism"}]}]`, `{"start":"2025-12","certainCount":0,"possibleCount":4}`},
	{`{"a":{"nodes":[{"name":"Melquíades Pulido"}`, `"b":{"totalCount":1,"nodes":[{"id":"c25.p05"}]`, `"c":{"nodes":[{"name":"Melquíades Pulido"}]}`, `"text":"state security forces"`, `{"candidates":[{"score":0.85,"node":{"name":"Melquíades Pulido"},"features":[{"name":"name","agreement":0.85}]}]}`, `"f":{"nodes":[{"name":"Melquíades Pulido"}]}`},
}
