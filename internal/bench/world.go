package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/vinculo/vinculo/internal/match"
)

// world is what questions are made of: what the public view of the loaded data holds.
type world struct {
	people  []person // by name
	members []string // ids of people who are members of something

	secluded []string // of those, whoever has everything around them in one answer
	parties  []named  // the largest first
	courts   []named  // those with the most proceedings first
	charges  []named  // those with the most detentions first
}

type named struct{ ID, Name string }

// fold is the name as it is ordered and found.
func (n named) fold() string { return match.Fold(n.Name) }

type person struct {
	named
	cursor [2]string // of the page that begins after them, by name, in the public and the full view
}

// How many of each.
const (
	manyPeople = 2000
	fewOthers  = 20
	hubs       = 10

	manySecluded = 100
)

// page is an answer of the questions below.
type page struct {
	Found struct {
		PageInfo struct {
			HasNextPage bool
			EndCursor   string
		}
		Edges []struct {
			Cursor string
			Node   named
		}
	}
}

// look learns the world from a server. The token opens the full view.
func look(ctx context.Context, addr, token string) (*world, error) {
	var w world
	cursors := map[string]string{}
	for _, as := range []string{token, ""} {
		people, err := pages(ctx, addr, as, manyPeople, "people", "orderBy: [{field: NAME, direction: ASC}]")
		if err != nil {
			return nil, err
		}
		for _, p := range people {
			for _, e := range p.Found.Edges {
				if full, ok := cursors[e.Node.ID]; as == "" && ok {
					w.people = append(w.people, person{e.Node, [2]string{e.Cursor, full}})
				} else if as != "" {
					cursors[e.Node.ID] = e.Cursor
				}
			}
		}
	}
	w.people = w.people[:len(w.people)*9/10] // pages that begin after these are full
	members, err := pages(ctx, addr, "", manyPeople, "people", "where: {memberOf: {some: {}}}")
	if err != nil {
		return nil, err
	}
	for _, p := range members {
		for _, e := range p.Found.Edges {
			w.members = append(w.members, e.Node.ID)
		}
	}
	for _, l := range []struct {
		to         *[]named
		many       int
		root, args string
	}{
		{&w.parties, fewOthers, "organizations", "where: {kind: {eq: PARTY}}, orderBy: [{field: MEMBERS_COUNT, direction: DESC}]"},
		{&w.courts, fewOthers, "organizations", "where: {kind: {eq: COURT}}, orderBy: [{field: PROCEEDINGS_COUNT, direction: DESC}]"},
		{&w.charges, hubs, "charges", "orderBy: [{field: DETENTIONS_COUNT, direction: DESC}]"},
	} {
		found, err := pages(ctx, addr, "", l.many, l.root, l.args)
		if err != nil {
			return nil, err
		}
		for _, e := range found[0].Found.Edges {
			*l.to = append(*l.to, e.Node)
		}
		if len(*l.to) == 0 {
			return nil, fmt.Errorf("the data has no %s with %s", l.root, l.args)
		}
	}
	return &w, w.lookAround(ctx, addr)
}

// lookAround finds members whose neighborhood is one answer.
func (w *world) lookAround(ctx context.Context, addr string) error {
	shape := neighborhoodShape()
	query := strings.Replace(shape.query, "{ nodes", "{ truncated { totalCount } nodes", 1)
	for _, id := range w.members {
		data, err := ask(ctx, addr, "", query, map[string]any{"id": id})
		if err != nil {
			return err
		}
		var a struct{ Neighborhood struct{ Truncated []any } }
		if err := json.Unmarshal(data, &a); err != nil {
			return err
		}
		if len(a.Neighborhood.Truncated) == 0 {
			w.secluded = append(w.secluded, id)
		}
		if len(w.secluded) == manySecluded {
			return nil
		}
	}
	return fmt.Errorf("only %d people have their surroundings in one answer", len(w.secluded))
}

// pages asks for the first so many rows of a root.
func pages(ctx context.Context, addr, token string, many int, root, args string) ([]page, error) {
	var list []page
	after := ""
	for first := min(many, 100); many > 0; many -= first {
		query := fmt.Sprintf("query($after: String) { found: %s(first: %d, after: $after, %s) { pageInfo { hasNextPage endCursor } edges { cursor node { id name } } } }", root, first, args)
		variables := map[string]any{}
		if after != "" {
			variables["after"] = after
		}
		data, err := ask(ctx, addr, token, query, variables)
		if err != nil {
			return nil, err
		}
		var p page
		if err := json.Unmarshal(data, &p); err != nil {
			return nil, err
		}
		list = append(list, p)
		if after = p.Found.PageInfo.EndCursor; !p.Found.PageInfo.HasNextPage {
			break
		}
	}
	return list, nil
}

// ask puts one question to a server and gives what stands under "data".
func ask(ctx context.Context, addr, token, query string, variables map[string]any) (json.RawMessage, error) {
	body := mustMarshal(map[string]any{"query": query, "variables": variables})
	return post(ctx, "http://"+addr+graphQLPath, token, body)
}

// post gives what stands under "data" in the answer, in which there must be no errors.
func post(ctx context.Context, url, token string, body []byte) (json.RawMessage, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	var a struct {
		Data   json.RawMessage
		Errors json.RawMessage
	}
	if err := json.NewDecoder(response.Body).Decode(&a); err != nil {
		return nil, fmt.Errorf("%s: %s: %w", url, response.Status, err)
	}
	if len(a.Errors) > 0 {
		return nil, fmt.Errorf("%s: %s: %s\n%s", url, response.Status, a.Errors, body)
	}
	return a.Data, nil
}
