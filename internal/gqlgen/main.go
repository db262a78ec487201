// Command gqlgen makes everything about the GraphQL API that follows from the
// vocabulary: first the repetitive part of the schema, then, with gqlgen, the code
// for introspection, mutations and subscriptions.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/99designs/gqlgen/api"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/vektah/gqlparser/v2/ast"
)

// The parts of the schema, the last of which is made here, and the vocabulary for people.
const (
	frontPageFile  = "schema.graphqls"
	vocabularyFile = "graph/vocabulary.graphqls"
	documentFile   = "docs/model.md"
)

func main() {
	if err := generate(); err != nil {
		fmt.Fprintln(os.Stderr, "gqlgen:", err)
		os.Exit(1)
	}
}

// generate works on the module that holds the working directory.
func generate() error {
	root, err := moduleRoot()
	if err != nil {
		return err
	}
	if err := writeVocabulary(root); err != nil {
		return err
	}
	return writeCode(root)
}

// writeCode runs gqlgen by the module's gqlgen.yml.
func writeCode(root string) error {
	if err := os.Chdir(root); err != nil { // gqlgen's paths are relative to it
		return err
	}
	cfg, err := config.LoadConfigFromDefaultLocations()
	if err != nil {
		return err
	}
	return api.Generate(cfg, api.PrependPlugin(wholeAnswers{cfg}))
}

// writeVocabulary writes the vocabulary's part of the schema, if all parts together
// are sound, and its document.
func writeVocabulary(root string) error {
	text, err := os.ReadFile(filepath.Join(root, frontPageFile))
	if err != nil {
		return err
	}
	frontPage := &ast.Source{Name: frontPageFile, Input: string(text)}
	made, err := schemaOfVocabulary(frontPage)
	if err != nil {
		return err
	}
	parts := []*ast.Source{frontPage, {Name: vocabularyFile, Input: made}}
	others, err := otherParts(root)
	if err != nil {
		return err
	}
	for _, name := range others {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return err
		}
		parts = append(parts, &ast.Source{Name: name, Input: string(text)})
	}
	if err := check(parts...); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(root, vocabularyFile), []byte(made), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, documentFile), []byte(documentOfVocabulary()), 0o644)
}

// otherParts gives the files of the schema that are written by hand beside the front page.
func otherParts(root string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(root, filepath.Dir(vocabularyFile), "*.graphqls"))
	names := []string{}
	for _, file := range files {
		if name := filepath.Join(filepath.Dir(vocabularyFile), filepath.Base(file)); name != vocabularyFile {
			names = append(names, name)
		}
	}
	return names, err
}

// moduleRoot gives the nearest folder above that holds go.mod.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", fmt.Errorf("no go.mod above the working directory")
		}
		dir = parent
	}
}
