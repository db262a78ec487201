"""Measures the graph whose edges stand on standard input, two ids a line, with networkx, and writes what it gives and
how long it takes, in seconds, as JSON: {"version", "measures": {name: {"seconds", "scores"}}, "communities": {...}}.
With an argument, betweenness and closeness are left out: the graph has a part too large to be measured exactly."""
import json
import sys
import time

import networkx as nx

graph = nx.Graph(line.split() for line in sys.stdin)
measures = {"DEGREE": nx.degree_centrality, "PAGERANK": lambda g: nx.pagerank(g, tol=1e-14, max_iter=1000)}
if len(sys.argv) == 1:
    measures |= {"BETWEENNESS": nx.betweenness_centrality, "CLOSENESS": nx.closeness_centrality}


def timed(measure):
    began = time.perf_counter()
    answer = measure(graph)
    return time.perf_counter() - began, answer


answer = {"version": nx.__version__, "measures": {}}
for name, measure in measures.items():
    seconds, scores = timed(measure)
    answer["measures"][name] = {"seconds": seconds, "scores": scores}
seconds, groups = timed(lambda g: nx.community.louvain_communities(g, seed=1))
answer["communities"] = {"seconds": seconds, "modularity": nx.community.modularity(graph, groups), "groups": len(groups)}
json.dump(answer, sys.stdout)
