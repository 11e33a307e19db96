// Who may see the figures, what is behind them, what was published and who did what.
#include "db/figures/published.hpp"
#include "domain/figures/nouns.hpp"
#include "server/api/resources/audit.hpp"
#include "server/api/resources/headlines.hpp"
#include "server/api/resources/publications.hpp"
#include "server/api/routes/rooms.hpp"

namespace tideover::rooms {
namespace {

using namespace roles;
using enum Action;
using resources::audit_parameters, resources::bridge_parameters, resources::figure_parameters,
    resources::part_parameters, resources::restatement_parameters;

constexpr NounRoutes nouns_here[] = {
    {.noun = &nouns::figure,
     .record = admin,
     .list = all,
     .read = all,
     .correct = admin,
     .steps = {{"publications", admin}, {"withdrawals", admin}}},
    {.noun = &nouns::publication, .record = finance | admin},
};

// clang-format off
constexpr OtherRoute reads_here[] = {
    {report, "/v1/headlines", everyone, resources::headlines,
     "All figures, judged against what the council said",
     {.parameters = figure_parameters, .schema = "Headlines"}, true},
    {report, "/v1/headlines/{code}", everyone, resources::headline,
     "What a figure counts, in words and as data", {.schema = "Headline"}},
    {report, "/v1/headlines/{code}/records", all, resources::headline_records,
     "The entries behind a figure, each with its record",
     {.parameters = figure_parameters, .schema = "EvidenceRecord", .paged = true, .csv = true}},
    {report, "/v1/headlines/{code}/subjects", all, resources::headline_subjects,
     "The subjects that a figure counts",
     {.parameters = figure_parameters, .schema = "EvidenceSubject", .paged = true, .csv = true}},
    {report, "/v1/headlines/{code}/bridge", everyone, resources::headline_bridge,
     "From a figure as known then to the figure as known now",
     {.parameters = bridge_parameters, .schema = "Bridge"}, true},
    {report, "/v1/headlines/{code}/wards", everyone, resources::headline_wards,
     "A figure by ward; small counts of people are withheld from the public",
     {.parameters = figure_parameters, .schema = "FigureByWard", .csv = true}, true},
    {report, "/v1/headlines/{code}/parts", everyone, resources::headline_parts,
     "A figure by month, quarter or financial year, or by a dimension; small counts of people are withheld from the public",
     {.parameters = part_parameters, .schema = "FigureByPart", .csv = true}, true},
    {report, "/v1/measures", everyone, resources::measure_list,
     "The register of what is counted, in which unit", {.schema = "MeasureList", .csv = true}},
    {report, "/v1/verify", auditor | finance | admin, resources::verification,
     "Recount everything from the records and compare", {.schema = "Verification"}},

    {report, "/v1/audit", auditor | admin, resources::audit_lines,
     "Who did what, when and to which record, with what stood there before",
     {.parameters = audit_parameters, .schema = "AuditLine", .paged = true, .sorted = true, .csv = true}},
    {report, "/v1/audit/checkpoint", auditor | admin, resources::audit_checkpoint,
     "How far the audit's chain reaches, signed: to be kept elsewhere", {.schema = "Checkpoint"}},

    rooms::report("/v1/publications", db::figures::published, everyone, "List publications, the newest first", true),
    {report, "/v1/publications/{id}", everyone, resources::publication,
     "What was published, as it was published", {.schema = "PublishedFigures", .csv = true}},
    {report, "/v1/publications/{id}/document", everyone, resources::publication_bytes,
     "The published bytes that its digest is of", {.schema = "PublishedDocument"}},
    {report, "/v1/publications/{id}/figures.csv", everyone, resources::publication_csv,
     "The published figures for a spreadsheet", {.csv = true}, true},
    {report, "/v1/publications/{id}/restatement", everyone, resources::restatement,
     "What led from one publication to another, figure by figure",
     {.parameters = restatement_parameters, .schema = "Restatement", .csv = true}, true},
};
// clang-format on

}  // namespace

extern const Room figures_room;
const Room figures_room{.nouns = nouns_here, .reads = reads_here};

}  // namespace tideover::rooms
