// Package web holds the pages that the server serves to people: GraphiQL where it has been built in, and a plain
// page that does without.
//
// GraphiQL is built by npm (`make web`) into dist, which is not committed; a binary holds it when it was built with
// the tag "web", as `make build` does exactly if dist is there. So building with Go alone works from a fresh clone.
package web

import (
	"embed"
	"io/fs"
)

// Files is GraphiQL, to be served under /graphiql/ with index.html as the page of that path, and whether this binary
// holds it. Its addresses are relative, and it asks /graphql of the server that served it.
//
// Its editor needs a content security policy with style-src 'self' 'unsafe-inline', font-src 'self' data:,
// worker-src 'self', and connect-src with the server's own ws: or wss: address beside 'self'.
func Files() (files fs.FS, ok bool) { return bundled() }

//go:embed plain
var plain embed.FS

// Fallback is a plain page for the same path, always there: index.html and what it loads, all of it our own. It works
// under a policy of 'self' alone, with neither inline scripts nor inline styles, and states that policy itself.
func Fallback() fs.FS { return sub(plain, "plain") }

// sub is a folder of an embedded file system. It fails only for a malformed name, never for a constant.
func sub(files embed.FS, folder string) fs.FS {
	root, err := fs.Sub(files, folder)
	if err != nil {
		panic(err)
	}
	return root
}
