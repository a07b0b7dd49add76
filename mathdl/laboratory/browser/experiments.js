// The designs of the experiments that the page lists, by the ids of their paragraphs.

/** @type {Record<string, string>} */
export const EXPERIMENTS = {
  "zero-start": "data=xor&start=zeros&rule=gradient_descent&rate=0.3",
  "gain-too-small": "data=moons&layers=8tanh,8tanh,8tanh,8tanh,8tanh&start=glorot&gain=0.1&rate=0.1",
  "beyond-two-over-eta": "data=wave&layers=8tanh,8tanh&rule=gradient_descent&rate=0.3&batch=0",
  "one-unit": "data=spiral&layers=1tanh&rule=adam&rate=0.03",
  "thirty-by-heart": "data=band&points=60&noise=0.4&layers=16relu,16relu&start=he&rule=adam&rate=0.01",
  "wrong-labels": "data=circle&wrong=20&layers=16tanh,16tanh&rule=adam&rate=0.03&points=120",
  "dead-units": "data=circle&layers=8relu,8relu&start=he&rate=3&batch=16",
  "ravine": "data=wave&layers=8tanh,8tanh&rule=momentum&rate=0.03&batch=0",
  "batch-of-one": "data=moons&noise=0.3&layers=4tanh&rate=0.3&batch=1",
  "sigmoid-six": "data=circle&layers=8sigmoid,8sigmoid,8sigmoid,8sigmoid,8sigmoid,8sigmoid&start=glorot&rate=0.3",
};
