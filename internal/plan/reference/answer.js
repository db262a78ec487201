// Answers GraphQL operations over plain rows with graphql-js, so that package plan's
// answers can be compared with those of the reference implementation.
//
// Reads JSON lines {schema, data, query, variables} from standard input, writes the
// result of each as a JSON line. A line without schema or data means those before.
//
// The resolvers scan and know no trick. Rows come as one view sees them; where
// clauses may compare ids, a link's relation, a statement's rank and whether it is
// retracted, with eq, ne and in; the order is always the default one.
import { buildSchema, execute, parse } from 'graphql'
import { createInterface } from 'node:readline'

const by = (...keys) => (a, b) => {
  for (const key of keys) {
    const [x, y] = [key(a), key(b)]
    if (x !== y) return x < y ? -1 : 1
  }
  return 0
}

const upperSnake = (name) => name.replace(/(?!^)[A-Z]/g, '_$&').toUpperCase()

// What is resolved: {kind: 'entity' | 'link' | 'statement' | …, row, …}.
const entity = (row, asOf) => row && { kind: 'entity', row, asOf }
const link = (row) => row && { kind: 'link', row }
const statement = (row) => row && { kind: 'statement', row }

function holds(filter, row) {
  return Object.entries(filter ?? {}).every(([name, compare]) => {
    if (name === 'and') return compare.every((f) => holds(f, row))
    if (name === 'or') return compare.some((f) => holds(f, row))
    if (name === 'not') return !holds(compare, row)
    const value = name === 'id' ? row.id : name === 'relation' ? row.type : (row.values[name] ?? null)
    const is = (wanted) => value === wanted || (name === 'id' && (row.values.formerIds ?? []).includes(wanted))
    return Object.entries(compare).every(([op, wanted]) => {
      if (op === 'eq') return is(wanted)
      if (op === 'ne') return !is(wanted)
      return wanted.some(is)
    })
  })
}

// heldOn tells whether what a row says may have held on a day.
const heldOn = ({ bounds = {} }, day) => !day ||
  Object.entries(bounds).every(([key, [first, last]]) => (key === 'start' ? first <= day : last >= day))

// inForce keeps what arguments ask for: statements in force unless where says otherwise,
// or those in force at a moment.
function inForce(rows, { where, knownAt } = {}) {
  const asked = JSON.stringify(where ?? {}).includes('"retracted"')
  const passed = (time) => time !== undefined && Date.parse(time) <= Date.parse(knownAt)
  const force = ({ values }) => (knownAt ? passed(values.at) && !passed(values.retractedAt) : asked || !values.retracted)
  return rows.filter((row) => holds(where, row) && force(row)).sort(by((row) => row.id))
}

// page cuts a connection out of all its edges, {node, link}.
function page(edges, { first, last }) {
  const size = first ?? last ?? 25
  const from = last == null ? 0 : Math.max(0, edges.length - size)
  const to = last == null ? Math.min(edges.length, size) : edges.length
  const shown = edges.slice(from, to).map((edge) => ({ kind: 'edge', ...edge }))
  return {
    kind: 'connection',
    totalCount: edges.length,
    nodes: shown.map((edge) => edge.node),
    edges: shown,
    pageInfo: { kind: 'info', hasNextPage: to < edges.length, hasPreviousPage: from > 0 },
  }
}

class Graph {
  constructor(data) {
    Object.assign(this, data)
    this.byID = new Map([
      ...this.entities.flatMap((row) => [row.id, ...(row.values.formerIds ?? [])].map((id) => [id, entity(row)])),
      ...this.links.map((row) => [row.id, link(row)]),
      ...this.statements.map((row) => [row.id, statement(row)]),
    ])
  }

  node(id) { return this.byID.get(id) ?? null }
  nodes(ids) { return (ids ?? []).map((id) => this.node(id)).filter((node) => node) }

  // far gives {node, link} for each link of the entity that the step follows.
  far(id, step, where, asOf) {
    const edges = []
    for (const row of this.links) {
      if (step.relations && !step.relations.includes(row.type)) continue
      const end = step.out && row.from === id ? row.to : step.in && row.to === id ? row.from : null
      const node = end && this.node(end)
      if (!node || (step.target && node.row.type !== step.target)) continue
      if (!heldOn(row, asOf) || !heldOn(node.row, asOf)) continue
      if (holds(where?.node, node.row) && holds(where?.link, row)) edges.push({ node: { ...node, asOf }, link: link(row) })
    }
    return edges.sort(by((e) => e.node.row.id, (e) => e.link.row.id))
  }

  // said gives the statements that a value names, those in force unless asked otherwise.
  said(key, value, args) {
    return inForce(this.statements.filter((row) => row.values[key] === value), args)
  }

  best(edges) {
    const order = ({ link: { row: { values, id } } }) => [
      this.ranks.indexOf(values.rank), -this.verifications.indexOf(values.verification), this.attributions.indexOf(values.attribution), id,
    ]
    return edges.sort(by(...[0, 1, 2, 3].map((i) => (e) => order(e)[i])))[0]
  }

  corroborated(rows) {
    const sources = [...new Set(rows.filter((row) => row.values.place !== undefined).map((row) => row.values.source))].filter((id) => this.node(id))
    const ends = (id, relation) => this.far(id, { relations: [relation], out: true }).map((e) => e.node.row.id)
    const facts = sources.map((id) => ({ id, publishers: ends(id, 'PUBLISHED_BY'), from: ends(id, 'DERIVED_FROM') }))
    const meet = (a, b) => a.some((id) => b.includes(id))
    return facts.some((a, i) => facts.slice(i + 1).some((b) =>
      a.publishers.length && b.publishers.length && !meet(a.publishers, b.publishers) &&
      !a.from.includes(b.id) && !b.from.includes(a.id) && !meet(a.from, b.from)))
  }

  facts({ id, type }, { properties, relations }) {
    const table = this.properties[type]
    const wanted = properties || relations
      ? [...(properties ?? []).map((name) => table.find((p) => upperSnake(p.name) === name)?.name), ...(relations ?? [])]
      : null
    const groups = new Map()
    for (const row of this.said('subject', id)) {
      const { property, group, place } = row.values
      if (place === undefined) continue
      if (wanted ? !wanted.includes(property) : property === 'type' || this.relations.includes(property)) continue
      groups.set(group, [...(groups.get(group) ?? []), row])
    }
    const facts = [...groups].map(([group, rows]) => {
      const best = [...rows].sort(by((row) => row.values.place))[0]
      const { property, place } = best.values
      const index = table.findIndex((p) => p.name === property)
      const relation = this.relations.indexOf(property)
      const order = relation >= 0 ? 2e6 + relation : index >= 0 ? index : 1e6
      const many = relation >= 0 || index < 0 || table[index].many
      return { kind: 'fact', group, rows, row: best, property, place, order, best: many || place === 0 }
    }).sort(by((f) => f.order, (f) => f.property, (f) => f.place, (f) => f.group))
    for (const relation of this.singles[type] ?? []) {
      const links = facts.filter((f) => f.property === relation)
      const best = links.length && this.best(links.map((f) => ({ fact: f, link: { row: { id: f.group, values: f.row.values } } })))
      for (const f of links) f.best = f === best.fact
    }
    return facts
  }

  name({ id, type, values }) {
    if (type === 'Person' && values.protected) {
      return this.view === 'public' ? 'Name withheld' : (values.name ?? 'Unnamed person')
    }
    return values.name ?? `${type} ${values.start ?? id}`
  }
}

const statements = (rows, args) => page(rows.map((row) => ({ node: statement(row) })), args)

const qualifiers = ({ values }) => Object.entries(JSON.parse(values.qualifiers ?? '{}')).map(([property, list]) => ({ kind: 'qualifier', property, values: list }))

// value gives a plain value: where there is none, what the schema promises.
function value(row, info) {
  const type = String(info.returnType)
  return row.values[info.fieldName] ?? (type.startsWith('[') ? [] : type === 'Boolean!' ? false : null)
}

const resolvers = {
  root(_, args, graph, { fieldName }) {
    if (fieldName === 'node') return graph.node(args.id)
    if (fieldName === 'nodes') return args.ids.map((id) => graph.node(id))
    if (fieldName === 'statements') {
      return statements(inForce(graph.statements, args), args)
    }
    const rows = graph.entities.filter((row) => row.type === graph.roots[fieldName] && !row.unlisted && holds(args.where, row) && heldOn(row, args.asOf))
    return page(rows.sort(by((row) => row.id)).map((row) => ({ node: entity(row, args.asOf) })), args)
  },

  entity({ row, asOf }, args, graph, info) {
    const field = graph.fields[`${row.type}.${info.fieldName}`]
    if (field) {
      const edges = graph.far(row.id, field, args.where, args.asOf)
      return field.one ? (edges.length ? graph.best(edges).node : null) : page(edges, args)
    }
    switch (info.fieldName) {
      case 'id': return row.id
      case 'type': return upperSnake(row.type)
      case 'name': return graph.name(row)
      case 'version': return row.version && !(graph.view === 'public' && row.values.protected) ? String(row.version) : null
      case 'facts': return graph.facts(row, args)
      case 'statements': return statements(graph.said('subject', row.id, args), args)
      case 'statusStatements': return statements(inForce(graph.nodes(row.values.statusStatements).map((node) => node.row), args), args)
      case 'sources': return page(graph.nodes(row.values.sources).filter((n) => holds(args.where, n.row)).sort(by((n) => n.row.id)).map((node) => ({ node })), args)
      case 'reportedBy': return graph.nodes(row.values.reportedBy).sort(by((n) => n.row.id)).slice(0, args.first)
      case 'links': {
        const edges = graph.far(row.id, { relations: args.relation, out: true, in: true }, args.where, args.asOf)
        return page(edges.map((e) => ({ node: e.link })), args)
      }
      case 'degree': return graph.relations
        .filter((relation) => !args.relations || args.relations.includes(relation))
        .map((relation) => ({ kind: 'degree', relation, totalCount: graph.far(row.id, { relations: [relation], out: true, in: true }).length }))
        .filter((degree) => degree.totalCount)
      case 'status':
        if (asOf) return (row.values.statusSteps ?? []).findLast((step) => step.slice(0, 10) <= asOf)?.slice(11) ?? 'UNKNOWN'
    }
    return value(row, info)
  },

  link({ row }, args, graph, info) {
    switch (info.fieldName) {
      case 'id': return row.id
      case 'relation': return row.type
      case 'from': case 'to': return graph.node(row[info.fieldName])
      case 'qualifiers': return qualifiers(row)
      case 'corroborated': return graph.corroborated(graph.said('link', row.id))
      case 'statements': return statements(graph.said('link', row.id, args), args)
    }
    return value(row, info)
  },

  statement({ row }, args, graph, info) {
    switch (info.fieldName) {
      case 'id': return row.id
      case 'subject': case 'entity': case 'source': case 'claimedBy': case 'link':
        return row.values[info.fieldName] === undefined ? null : graph.node(row.values[info.fieldName])
      case 'reportedBy': return graph.nodes(row.values.reportedBy).sort(by((n) => n.row.id)).slice(0, args.first)
      case 'qualifiers': return qualifiers(row)
      case 'corroborated': return row.values.place !== undefined && graph.corroborated(graph.said('group', row.values.group))
    }
    return value(row, info)
  },

  fact(fact, args, graph, info) {
    switch (info.fieldName) {
      case 'best': return fact.best
      case 'disputed': return fact.rows.some((row) => row.values.disputed)
      case 'corroborated': return graph.corroborated(fact.rows)
      case 'statements': return statements(fact.rows, args)
    }
    return resolvers.statement(statement(fact.row), args, graph, info)
  },
}

const resolve = (source, args, graph, info) => {
  const resolver = resolvers[source?.kind ?? 'root']
  return resolver ? resolver(source, args, graph, info) : source[info.fieldName]
}

const typeName = (source) => ({ link: 'Link', statement: 'Statement' })[source.kind] ?? source.row.type

let schema, graph
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const request = JSON.parse(line)
  if (request.schema) schema = buildSchema(request.schema)
  if (request.data) graph = new Graph(request.data)
  const result = await execute({
    schema,
    document: parse(request.query),
    variableValues: request.variables,
    contextValue: graph,
    fieldResolver: resolve,
    typeResolver: typeName,
  })
  process.stdout.write(`${JSON.stringify(result)}\n`)
}
