// greenlane.assessment/1 and greenlane.error/1 as JSON text, always in the same order.
#include "base/json.h"
#include "greenlane/assessment.h"
#include "screening/assessment_parts.h"
#include "screening/why_json.h"

namespace greenlane {
namespace screening {
namespace {

void write_text(JsonWriter& out, std::string_view key, const Text& text) {
  out.begin_object(key).member("en", text.en).member("zh", text.zh).end_object();
}

}  // namespace

void write_finding_head(JsonWriter& out, const CriterionInfo& criterion) {
  out.begin_object();
  out.member("criterion", criterion.id).member("version", criterion.version).member("domain", domains[criterion.domain]);
  out.member("level", to_string(criterion.level)).member("code", criterion.finding_code);
  write_text(out, "title", criterion.title);
}

void write_message(JsonWriter& out, std::string_view en, std::string_view zh) {
  out.begin_object("message").member("en", en).member("zh", zh).end_object();
}

void write_finding_advice(JsonWriter& out, const CriterionInfo& criterion) {
  out.begin_array("legal_basis");
  for (const LegalBasis& basis : criterion.legal_basis) {
    out.begin_object().member("ref", basis.ref);
    if (!basis.uri.empty()) out.member("uri", basis.uri);
    out.member("verified", basis.verified).end_object();
  }
  out.end_array().begin_array("remedies");
  for (const Remedy& remedy : criterion.remedies) {
    out.begin_object().member("kind", remedy.kind);
    if (!remedy.code.empty()) out.member("code", remedy.code);
    if (!remedy.field.empty()) out.member("field", remedy.field);
    write_text(out, "text", remedy.text);
    out.end_object();
  }
  out.end_array();
}

void write_place(JsonWriter& out, const Place& place) {
  out.begin_object().member("pointer", place.pointer);
  if (!place.wco.empty()) out.member("wco", place.wco);
  if (!place.xpath.empty()) out.member("xpath", place.xpath);
  if (!place.segment.empty()) out.member("segment", place.segment);
  if (place.line != 0) out.member("line", static_cast<std::int64_t>(place.line));
  if (place.value) out.raw_member("value", *place.value);
  out.end_object();
}

void write_lists(JsonWriter& out, const std::vector<std::string>& lists) {
  if (lists.empty()) return;
  out.begin_array("lists");
  for (const std::string& list : lists) out.element(list);
  out.end_array();
}

void write_undetermined(JsonWriter& out, const CriterionInfo& criterion, const std::vector<std::string>& missing, std::string_view error) {
  out.begin_object().member("criterion", criterion.id).member("version", criterion.version);
  out.begin_array("missing");
  for (const std::string& pointer : missing) out.element(pointer);
  out.end_array();
  if (!error.empty()) {
    out.begin_object("error").member("code", "evaluation_failed").member("message", error).end_object();
  }
  out.end_object();
}

void write_source(JsonWriter& out, const Source& source) {
  out.begin_object("source").member("file", source.file).member("index", static_cast<std::int64_t>(source.index)).end_object();
}

void write_coverage(JsonWriter& out, const std::array<Coverage, domains.size()>& coverage) {
  out.begin_object("coverage");
  for (std::size_t i = 0; i < domains.size(); ++i) {
    out.begin_object(domains[i]).member("evaluated", static_cast<std::int64_t>(coverage[i].evaluated));
    out.member("hit", static_cast<std::int64_t>(coverage[i].hit));
    out.member("undetermined", static_cast<std::int64_t>(coverage[i].undetermined)).end_object();
  }
  out.end_object();
}

}  // namespace screening

namespace {

using screening::JsonWriter;

void write_finding(JsonWriter& out, const Finding& finding) {
  screening::write_finding_head(out, *finding.criterion);
  screening::write_message(out, finding.message.en, finding.message.zh);
  screening::write_finding_advice(out, *finding.criterion);
  out.begin_array("at");
  for (const Place& place : finding.at) screening::write_place(out, place);
  out.end_array();
  if (finding.row) screening::write_row(out, *finding.row);
  screening::write_lists(out, finding.lists);
  out.end_object();
}

/// The pointer, or that of the nearest ancestor that fits the schema: keys of hostile input may be long.
std::string_view bounded(std::string_view pointer) {
  constexpr std::size_t max_bytes = 1024;
  if (pointer.size() <= max_bytes) return pointer;
  return pointer.substr(0, pointer.rfind('/', max_bytes));
}

void write_error(JsonWriter& out, const Error& error) {
  out.member("format", "greenlane.error/1").member("code", to_string(error.code)).member("message", error.message);
  if (!error.source.empty()) out.member("source", error.source);
  if (!error.pointer.empty()) out.member("pointer", bounded(error.pointer));
  if (error.line != 0) out.member("line", static_cast<std::int64_t>(error.line));
  if (error.column != 0) out.member("column", static_cast<std::int64_t>(error.column));
  out.member("retryable", error.retryable);
}

}  // namespace

std::string Assessment::to_json() const {
  std::string text;
  JsonWriter out(text);
  out.begin_object().member("format", "greenlane.assessment/1");
  if (source) screening::write_source(out, *source);
  screening::write_declaration(out, declaration_id, declaration_digest);
  screening::write_pack(out, pack);
  out.member("as_of", as_of.to_string()).member("level", to_string(level)).member("lane", lane(level));
  out.begin_array("findings");
  for (const Finding& finding : findings) write_finding(out, finding);
  out.end_array().begin_array("undetermined");
  for (const Undetermined& each : undetermined) screening::write_undetermined(out, *each.criterion, each.missing, each.error);
  out.end_array();
  screening::write_coverage(out, coverage);
  if (why) screening::write_why(out, *why);
  out.end_object();
  return text;
}

std::string refusal_json(const Source& source, const Error& error) {
  std::string text;
  JsonWriter out(text);
  out.begin_object();
  screening::write_source(out, source);
  out.begin_object("error");
  write_error(out, error);
  out.end_object().end_object();
  return text;
}

std::string error_json(const Error& error) {
  std::string text;
  JsonWriter out(text);
  out.begin_object();
  write_error(out, error);
  out.end_object();
  return text;
}

}  // namespace greenlane
