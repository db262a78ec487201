// The page under /graphiql/: GraphiQL for the server that serves it, with everything it needs in the bundle.
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './page.css';

import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';

const defaultQuery = `# How many people were in detention, and who says so?
# Counts are never merged or averaged:
# each stands beside its source.
#
# Ctrl-Space completes, Ctrl-Enter runs.
query Tallies {
  tallies(
    where: { metric: { eq: IN_DETENTION } }
    orderBy: [{ field: DATE, direction: DESC }]
    first: 10
  ) {
    totalCount
    nodes {
      date
      count
      criteria
      reportedBy {
        name
      }
      sources {
        title
        url
      }
    }
  }
}
`;

// The headers editor takes comments. What is written here is never stored: the next visit starts without a token.
const defaultHeaders = `{
  // Without a token: the public view. With one:
  // "Authorization": "Bearer …"
}`;

const endpoint = new URL('/graphql', window.location.href);
const socket = new URL(endpoint);
socket.protocol = endpoint.protocol === 'https:' ? 'wss:' : 'ws:';

const fetcher = createGraphiQLFetcher({
  url: endpoint.href,
  // Subscriptions; the headers go along as the connection's parameters, since a browser's sockets have none.
  subscriptionUrl: socket.href,
  enableIncrementalDelivery: false,
});

createRoot(document.getElementById('graphiql')!).render(
  <GraphiQL
    fetcher={fetcher}
    defaultQuery={defaultQuery}
    defaultHeaders={defaultHeaders}
    defaultEditorToolsVisibility="headers"
    shouldPersistHeaders={false}
    showPersistHeadersSettings={false}
  >
    <GraphiQL.Logo>Vínculo</GraphiQL.Logo>
  </GraphiQL>,
);
