import {
  AxisPlacement,
  BigValueColorMode,
  BigValueGraphMode,
  GraphGradientMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import {
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard'
import * as heatmap from '@grafana/grafana-foundation-sdk/heatmap'
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus'
import * as stat from '@grafana/grafana-foundation-sdk/stat'
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries'
import type { Dashboard, Panel, Query, Threshold } from './panel.ts'

const datasource = { type: 'prometheus', uid: '$datasource' }
const heights = { stat: 4, graph: 8, heatmap: 8 } as const
const widths = { stat: 4, graph: 12, heatmap: 12 } as const

const target = ({ expr, legend }: Query, index: number, kind: Panel['kind']) => {
  const query = new DataqueryBuilder()
    .datasource(datasource)
    .refId(String.fromCharCode('A'.charCodeAt(0) + index))
    .expr(expr)
    .legendFormat(legend)
  if (kind === 'heatmap') return query.range().format(PromQueryFormat.Heatmap)
  return kind === 'stat' ? query.instant() : query.range().exemplar(true)
}

// Without any, Grafana takes its own: a number above 80 is red.
const neutral: readonly Threshold[] = [[0, 'text']]

const thresholds = ({ thresholds: list = neutral }: Panel) =>
  new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(
    // The first one has no lower end.
    list.map(([value, color], index) => ({ value: index === 0 ? null : value, color })),
  )

/** A table where there are many curves: the one that stands out is on top. */
const legend = () =>
  new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.Table)
    .placement(LegendPlacement.Bottom)
    .calcs(['lastNotNull', 'max'])
    .sortBy('Max')
    .sortDesc(true)

const graph = (panel: Panel) => {
  const built = new timeseries.PanelBuilder()
    .lineWidth(1)
    .fillOpacity(panel.stacked ? 25 : 8)
    .gradientMode(GraphGradientMode.Opacity)
    .axisPlacement(AxisPlacement.Auto)
    .min(0)
    .legend(legend())
    .tooltip(
      new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending),
    )
  return panel.stacked
    ? built.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'))
    : built
}

const number = () =>
  new stat.PanelBuilder()
    .colorMode(BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.None)
    .noValue('–')
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))

const distribution = ({ unit }: Panel) =>
  new heatmap.PanelBuilder().cellGap(1).yAxis(new heatmap.YAxisConfigBuilder().unit(unit))

const kinds = { stat: number, graph, heatmap: distribution }

const renderPanel = (panel: Panel) => {
  const { kind, title, description, unit, queries, max } = panel
  const built = kinds[kind](panel)
    .title(title)
    .description(description)
    .datasource(datasource)
    .unit(unit)
    .height(heights[kind])
    .span(panel.width ?? widths[kind])
  queries.forEach((query, index) => {
    built.withTarget(target(query, index, kind))
  })
  if (kind === 'stat') built.thresholds(thresholds(panel))
  if (max !== undefined) built.max(max)
  return built
}

const labels = { namespace: 'Namespace', job: 'Job', instance: 'Instance' } as const

const variable = (name: keyof typeof labels, query: string) =>
  new QueryVariableBuilder(name)
    .label(labels[name])
    .datasource(datasource)
    .query(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .current({ selected: true, text: 'All', value: '$__all' })

/** The dashboard as Grafana's model. */
export const renderDashboard = ({ uid, title, about, rows }: Dashboard) => {
  const built = new DashboardBuilder(title)
    .uid(uid)
    .description(about)
    .tags(['flux'])
    .readonly()
    .refresh('10s')
    .time({ from: 'now-30m', to: 'now' })
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .link(
      new DashboardLinkBuilder('Flux')
        .type(DashboardLinkType.Dashboards)
        .tags(['flux'])
        .asDropdown(true)
        .includeVars(true)
        .keepTime(true),
    )
    .withVariable(
      new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
    )
    // All of them are those in which Flux is: pods and processes of others are none of its business.
    .withVariable(variable('namespace', 'label_values(flux_build_info, namespace)'))
    .withVariable(
      variable('job', 'label_values(flux_build_info{namespace=~"$namespace"}, job)').allValue('.+'),
    )
    .withVariable(
      variable(
        'instance',
        'label_values(flux_build_info{namespace=~"$namespace", job=~"$job"}, instance)',
      ).allValue('.+'),
    )
  let id = 0
  const next = () => {
    id += 1
    return id
  }
  for (const row of rows) {
    built.withRow(new RowBuilder(row.title).id(next()))
    for (const panel of row.panels) built.withPanel(renderPanel(panel).id(next()))
  }
  return built.build()
}
