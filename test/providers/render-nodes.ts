/** The Render Foundation's totals since the start. */
import type { Provider } from './provider.ts';

export const renderNodes: Provider = {
  source: 'render-nodes',
  routes: () => [{ url: 'stats.renderfoundation.com/api/nodes_and_frames', body: { frames: 78_412_339, nodes: 5604 } }],
  gives: { 'render.frames_cumulative': 78_412_339, 'render.nodes_cumulative': 5604 },
};
