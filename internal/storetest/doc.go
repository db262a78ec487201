// Package storetest says what it means to be a store: a conformance suite with a
// case for each sentence of package store's comments, properties that compare a
// store with the naive one on random graphs, and the naive store itself, which
// keeps everything in maps and scans all of it. The naive store is the oracle of
// the properties and a test double for whatever reads through the port.
//
// A store's tests are these few lines:
//
//	func TestConformance(t *testing.T) { storetest.Run(t, open) }
//	func TestProperties(t *testing.T)  { storetest.RunProperties(t, open) }
//
// There is no list of cases to skip. What differs between stores by nature is told
// by the optional interface Unsteady. How many graphs the properties draw is set by
// -rapid.checks; a failure prints the commits as lines of the file format and the
// selections in words.
//
// Commits and Selections draw graphs and reads for the properties of other packages
// too; NewMinor is the graph that tests of protection look for secrets in. Each file
// of the suite is a subject; the name of a case quotes the words of the port that it
// holds a store to, and a test fails if a sentence there has no case.
package storetest
