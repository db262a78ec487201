// Package data holds the bundled data set: the facts of one press report of
// December 2025, each as a statement with its source and its hedge.
package data

import _ "embed"

//go:embed christmas-2025.jsonl
var christmas []byte

// Bundled gives the bundled data set, in the statement file format.
func Bundled() []byte { return christmas }
