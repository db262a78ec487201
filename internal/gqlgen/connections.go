package main

import (
	"fmt"

	"github.com/vinculo/vinculo/internal/vocab"
)

// rootConnection gives the page and edge of a type's root.
func rootConnection(name string) []*definition {
	page := connection(name+"Connection", fmt.Sprintf("A page of entities of type %s.", name),
		member{"The number of all entities, whatever the page.", "totalCount: Int!"},
		member{"The entities.", fmt.Sprintf("nodes: [%s!]!", name)},
		member{"The entities with their cursors.", fmt.Sprintf("edges: [%sEdge!]!", name)})
	page.members = append(page.members, dividing(name)...)
	edge := &definition{doc: fmt.Sprintf("An entity of type %s in a page.", name), head: fmt.Sprintf("type %sEdge", name)}
	edge.add("Its place, for `after` and `before`.", "cursor: String!")
	edge.add("The entity.", fmt.Sprintf("node: %s!", name))
	return []*definition{page, edge}
}

// linkConnection gives the page and edge of the relations that lead to a type.
func linkConnection(name string) []*definition {
	far := "entity of type " + name
	if name == vocab.AnyEntity {
		far = "entity of any type"
	}
	page := connection(name+"LinkConnection", fmt.Sprintf("A page of links, each with the %s at its far end.", far),
		member{"The number of all links, whatever the page.", "totalCount: Int!"},
		member{"The entities at the far ends, one for each link: with two links to it, an entity stands here twice.", fmt.Sprintf("nodes: [%s!]!", name)},
		member{"The links, with the entities at their far ends and their cursors.", fmt.Sprintf("edges: [%sLinkEdge!]!", name)})
	page.members = append(page.members, dividing(name)...)
	edge := &definition{doc: fmt.Sprintf("A link, and the %s at its far end.", far), head: fmt.Sprintf("type %sLinkEdge", name)}
	edge.add("Its place, for `after` and `before`.", "cursor: String!")
	edge.add("The link.", "link: Link!")
	edge.add("The entity.", fmt.Sprintf("node: %s!", name))
	return []*definition{page, edge}
}

func connection(name, doc string, total, nodes, edges member) *definition {
	return &definition{doc: doc, head: "type " + name, members: []member{
		total, {"Where the page stands.", "pageInfo: PageInfo!"}, nodes, edges,
	}}
}
