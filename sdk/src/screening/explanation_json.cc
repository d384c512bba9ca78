// greenlane.explanation/1 as JSON text, always in the same order.
#include "greenlane/explanation.h"
#include "screening/json_writer.h"
#include "screening/why_json.h"

namespace greenlane {
namespace {

using screening::JsonWriter;

void write_pointers(JsonWriter& out, std::string_view key, const std::vector<std::string>& pointers) {
  out.begin_array(key);
  for (const std::string& pointer : pointers) out.element(pointer);
  out.end_array();
}

void write_part(JsonWriter& out, const ExplainedPart& part) {
  if (!part.label.empty()) out.member("label", part.label);
  out.member("text", part.text);
  if (!part.missing.empty()) {
    write_pointers(out, "undetermined", part.missing);
  } else if (!part.error.empty()) {
    out.member("error", part.error);
  } else {
    out.member("value", part.value);
  }
  out.begin_array("children");
  for (const ExplainedPart& child : part.children) {
    out.begin_object();
    write_part(out, child);
    out.end_object();
  }
  out.end_array();
}

void write_evaluation(JsonWriter& out, const ExplainedEvaluation& evaluation) {
  out.begin_object().member("at", evaluation.at);
  if (evaluation.row) screening::write_row(out, *evaluation.row);
  out.member("outcome", evaluation.outcome);
  write_pointers(out, "missing", evaluation.missing);
  const bool near_miss = !evaluation.failed_alone.empty();
  if (near_miss || evaluation.margin) {
    out.begin_object(near_miss ? "near_miss" : "inside");
    if (near_miss) out.member("condition", evaluation.failed_alone);
    if (evaluation.margin) screening::write_margin(out, *evaluation.margin);
    out.end_object();
  }
  out.begin_object("tree");
  write_part(out, evaluation.tree);
  out.end_object().end_object();
}

}  // namespace

std::string Explanation::to_json() const {
  std::string text;
  JsonWriter out(text);
  out.begin_object().member("format", "greenlane.explanation/1");
  screening::write_declaration(out, declaration_id, declaration_digest);
  screening::write_pack(out, pack);
  out.member("as_of", as_of.to_string());
  out.begin_object("criterion").member("id", criterion->id).member("version", criterion->version);
  out.member("domain", domains[criterion->domain]).member("level", to_string(criterion->level));
  out.begin_object("title").member("en", criterion->title.en).member("zh", criterion->title.zh).end_object().end_object();
  out.member("outcome", outcome);
  if (!missing.empty()) write_pointers(out, "missing", missing);
  out.begin_array("evaluations");
  for (const ExplainedEvaluation& evaluation : evaluations) write_evaluation(out, evaluation);
  out.end_array();
  if (omitted != 0) out.member("omitted", static_cast<std::int64_t>(omitted));
  if (outcome == "hit" || outcome == "undetermined") screening::write_change_sets(out, "changes", changes);
  if (changes_omitted) out.member("changes_omitted", true);
  out.end_object();
  return text;
}

}  // namespace greenlane
