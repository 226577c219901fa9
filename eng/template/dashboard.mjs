// The dashboard from dashboard.json. A widget lists metrics as CloudWatch does ("metrics"), or searches: of all functions ("functions") or in a
// namespace with dimensions ("search"). Three widgets share a row unless "width" says otherwise; other members are the widget's properties.
import { readFileSync } from 'node:fs';

const columns = 24;
const height = 6;
const period = 60;

const search = (schema, metric, statistic, filter) =>
  [{ expression: `SEARCH('{${schema}} MetricName="${metric}"${filter ? ` ${filter}` : ''}', '${statistic}', ${period})` }];

/** The resource as a line of YAML. Every function of the template is searched. */
export function dashboard(template) {
  const functions = [...template.matchAll(/^ {2}(\w+):\n {4}Type: AWS::Serverless::Function$/gm)].map(([, name]) => `"\${AWS::StackName}-${name}"`);
  let [x, y] = [0, 0];
  const widgets = JSON.parse(readFileSync(new URL('dashboard.json', import.meta.url), 'utf8'))
    .map(({ title, width = 8, metrics = [], functions: ofFunctions = [], search: searches = [], stat, ...rest }) => {
      [x, y] = x + width > columns ? [0, y + height] : [x, y];
      const widget = {
        type: 'metric', x, y, width, height,
        properties: {
          title, region: '${AWS::Region}', ...(metrics.length > 0 ? { stat, period } : {}), ...rest,
          metrics: [
            ...metrics,
            ...ofFunctions.map(([metric, statistic]) => search('AWS/Lambda,FunctionName', metric, statistic, `FunctionName=(${functions.join(' OR ')})`)),
            ...searches.map(([schema, metric, statistic]) => search(schema, metric, statistic)),
          ],
        },
      };
      x += width;
      return widget;
    });
  return `Dashboard: {Type: AWS::CloudWatch::Dashboard, Properties: {DashboardName: !Ref AWS::StackName, DashboardBody: !Sub [${JSON.stringify(JSON.stringify({ widgets }))}, `
    + '{ResultsTableName: !If [HasResults, !Ref ResultsTable, none], ResultsMapping: !If [HasResults, !Ref ResultsStream, none], '
    + 'ReplicatorMapping: !If [HasReplication, !Ref ReplicatorStream, none]}]}}';
}
