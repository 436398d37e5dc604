/** The words of Vega-Lite that a chart may use, by where they stand: what it does not know, it would leave out in silence. */

/** Channels of an encoding. */
export const channels = [
  "x",
  "y",
  "x2",
  "y2",
  "xOffset",
  "yOffset",
  "xError",
  "yError",
  "xError2",
  "yError2",
  "theta",
  "theta2",
  "radius",
  "radius2",
  "color",
  "fill",
  "stroke",
  "opacity",
  "fillOpacity",
  "strokeOpacity",
  "strokeWidth",
  "strokeDash",
  "size",
  "angle",
  "shape",
  "detail",
  "key",
  "text",
  "tooltip",
  "order",
  "description",
];

/** What a channel's field is. */
export const types = ["quantitative", "temporal", "ordinal", "nominal"];

export const scaleTypes = [
  "linear",
  "log",
  "pow",
  "sqrt",
  "symlog",
  "time",
  "utc",
  "ordinal",
  "band",
  "point",
  "quantile",
  "quantize",
  "threshold",
  "bin-ordinal",
];

/** What is made of several rows, in channels and transforms. */
export const aggregates = [
  "argmax",
  "argmin",
  "average",
  "count",
  "distinct",
  "max",
  "mean",
  "median",
  "min",
  "missing",
  "product",
  "q1",
  "q3",
  "stderr",
  "stdev",
  "stdevp",
  "sum",
  "valid",
  "values",
  "variance",
  "variancep",
];

/** What a window makes of the rows around one, besides aggregates. */
export const windowOperations = [
  "row_number",
  "rank",
  "dense_rank",
  "percent_rank",
  "cume_dist",
  "ntile",
  "lag",
  "lead",
  "first_value",
  "last_value",
  "nth_value",
];

/** What tells one transform from another. */
export const transforms = [
  "aggregate",
  "bin",
  "calculate",
  "extent",
  "filter",
  "joinaggregate",
  "pivot",
  "stack",
  "timeUnit",
  "window",
];
