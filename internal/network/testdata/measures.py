"""Writes measures.json: what networkx says of three graphs, for the tests here.

    python3 -m venv venv && venv/bin/pip install networkx==3.6.1 numpy scipy
    venv/bin/python internal/network/testdata/measures.py > internal/network/testdata/measures.json
"""

import itertools
import json
import platform
import sys

import networkx as nx


def several():
    """A generated graph of several parts: two of groups, a star, a path."""
    parts = [
        nx.planted_partition_graph(5, 16, 0.4, 0.02, seed=7),
        nx.planted_partition_graph(2, 10, 0.5, 0.05, seed=8),
        nx.star_graph(6),
        nx.path_graph(5),
    ]
    graph = nx.disjoint_union_all(parts)
    graph.remove_nodes_from(list(nx.isolates(graph)))
    return graph


def renamed(graph):
    names = {node: "n%03d" % i for i, node in enumerate(sorted(graph))}
    return nx.Graph(nx.relabel_nodes(graph, names).edges())


def paths(graph):
    nodes = sorted(graph)
    rows = []
    for a, b in itertools.islice(itertools.combinations(nodes, 2), 0, None, 37):
        if not nx.has_path(graph, a, b):
            continue
        shortest = list(nx.all_shortest_paths(graph, a, b))
        simple = list(nx.all_simple_paths(graph, a, b, cutoff=len(shortest[0])))
        rows.append({"from": a, "to": b, "length": len(shortest[0]) - 1, "shortest": len(shortest), "oneLonger": len(simple)})
    return rows


def measured(graph):
    groups = [sorted(group) for group in nx.community.louvain_communities(graph, seed=1)]
    return {
        "edges": sorted(sorted(edge) for edge in graph.edges()),
        "scores": {
            "DEGREE": nx.degree_centrality(graph),
            "PAGERANK": nx.pagerank(graph, alpha=0.85, tol=1e-15, max_iter=10000),
            "BETWEENNESS": nx.betweenness_centrality(graph),
            "CLOSENESS": nx.closeness_centrality(graph),
        },
        "groups": groups,
        "modularity": nx.community.modularity(graph, groups),
        "modularityAt2": nx.community.modularity(graph, groups, resolution=2),
        "paths": paths(graph),
    }


graphs = {"karate club": nx.karate_club_graph(), "Florentine families": nx.florentine_families_graph(), "several parts": several()}
json.dump(
    {
        "madeBy": "networkx %s, Python %s" % (nx.__version__, platform.python_version()),
        "graphs": {name: measured(renamed(graph)) for name, graph in graphs.items()},
    },
    sys.stdout, separators=(",", ":"), sort_keys=True,
)
print()
