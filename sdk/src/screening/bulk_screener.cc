#include "screening/bulk_screener.h"

#include <array>
#include <utility>

#include "base/hex.h"
#include "base/json.h"
#include "screening/assessment_parts.h"
#include "screening/finding_builder.h"
#include "screening/screener.h"

namespace greenlane::screening {

using criteria::CompiledCriterion;

namespace {

/// The text between the numbers of hits and undetermined criteria, which are 0 in `coverage`.
std::vector<std::string> split_at_counts(std::string_view coverage) {
  std::vector<std::string> parts;
  for (;;) {
    constexpr std::array<std::string_view, 2> keys = {R"("hit":0)", R"("undetermined":0)"};
    const std::string_view key = keys[parts.size() % 2];
    const std::size_t at = coverage.find(key);
    if (at == std::string_view::npos) break;
    parts.emplace_back(coverage.substr(0, at + key.size() - 1));
    coverage.remove_prefix(at + key.size());
  }
  parts.emplace_back(coverage);
  return parts;
}

}  // namespace

AssessmentTexts::AssessmentTexts(std::shared_ptr<const criteria::CompiledPack> pack, const PackIdentity& identity)
    : pack_(std::move(pack)), identity_(identity), findings_(*pack_) {
  JsonWriter member(pack_member_);
  write_pack(member, identity_);
}

Result<ScreenedLine> BulkScreener::screen(const document::Document& document, std::optional<Date> as_of, const Source* source,
                                          std::string& out) {
  const auto date = date_to_screen(texts_->pack(), texts_->identity(), document, as_of);
  if (!date.ok()) return date.error();
  DocumentView view(texts_->pack(), document, *date);
  if (auto done = evaluation_.run(texts_->pack(), view, Budget{}); !done.ok()) return done.error();
  digest_ = "sha256:";
  append_hex(digest_, crypto::bytes_of(sha256_.digest(document.canonical(canonical_))));
  const ScreenedLine line{evaluation_.level(), !evaluation_.undetermined().empty()};

  JsonWriter json(out);
  json.begin_object().member("format", "greenlane.assessment/1");
  if (source != nullptr) write_source(json, *source);
  write_declaration(json, document.id(), digest_);
  json.raw(",").raw(texts_->pack_member()).member("as_of", date->to_string());
  json.member("level", to_string(line.level)).member("lane", lane(line.level));
  json.begin_array("findings");
  for (const PackHit& hit : evaluation_.hits()) write_finding(json, hit, document, *date);
  json.end_array().begin_array("undetermined");
  for (const PackUndetermined& each : evaluation_.undetermined()) {
    write_undetermined(json, each.criterion->source.info, each.missing, each.error);
  }
  json.end_array();
  write_coverage(out, *date);
  json.end_object();
  return line;
}

void BulkScreener::write_finding(JsonWriter& out, const PackHit& hit, const document::Document& document, Date as_of) {
  const CompiledCriterion& criterion = *hit.criterion;
  const auto number = static_cast<std::size_t>(&criterion - texts_->pack().criteria().data());
  // The pieces know nothing of messages.
  const bool pieces = document.origin() == nullptr;
  std::string& text = out.separate().text();
  if (!pieces || !texts_->findings().append(number, *hit.hit.element, text)) write_head(out, hit, document, as_of);
  if (hit.hit.row != criteria::Table::no_row) write_row(out, matched_row(criterion.rows->table(), hit.hit.row));
  if (!hit.hit.lists.empty()) write_lists(out, list_names(hit.hit));
  out.raw("}");
}

/// What FindingPieces leaves to be worked out: up to the end of the places.
void BulkScreener::write_head(JsonWriter& out, const PackHit& hit, const document::Document& document, Date as_of) {
  const CompiledCriterion& criterion = *hit.criterion;
  const Element& element = *hit.hit.element;
  const RowVariables variables(criterion, element, hit.hit.row);
  const criteria::EvaluationHost host{as_of, nullptr};
  const cel::Activation activation{variables.get(), &host};
  const Text& title = criterion.source.info.title;
  // The comma is there already.
  std::string head;
  JsonWriter begin(head);
  write_finding_head(begin, criterion.source.info);
  out.raw(head);
  render(criterion.message_en, element, activation, "en", title.en, en_);
  render(criterion.message_zh, element, activation, "zh", title.zh, zh_);
  write_message(out, en_, zh_);
  write_finding_advice(out, criterion.source.info);
  out.begin_array("at");
  for (const criteria::PlacePath& path : criterion.at) write_place(out, place_of(path, element, document));
  out.end_array();
}

/// Writes what screening::write_coverage() would: between the counts of this document stands the same for all of a day.
void BulkScreener::write_coverage(std::string& out, Date as_of) {
  const auto& in_force = texts_->pack().in_force(as_of);
  if (in_force_ != &in_force) {
    in_force_ = &in_force;
    std::array<Coverage, domains.size()> nothing;
    for (std::size_t i = 0; i < domains.size(); ++i) nothing[i].evaluated = in_force[i];
    std::string text = "}";
    JsonWriter writer(text);
    screening::write_coverage(writer, nothing);
    coverage_ = split_at_counts(std::string_view(text).substr(1));
  }
  const auto coverage = evaluation_.coverage();
  for (std::size_t i = 0; i < domains.size(); ++i) {
    json::append_integer(out += coverage_[2 * i], static_cast<std::int64_t>(coverage[i].hit));
    json::append_integer(out += coverage_[2 * i + 1], static_cast<std::int64_t>(coverage[i].undetermined));
  }
  out += coverage_.back();
}

}  // namespace greenlane::screening
