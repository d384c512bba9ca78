// Screens many documents into lines of JSON, without an Assessment in between.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "criteria/compiled_pack.h"
#include "crypto/digest.h"
#include "document/document.h"
#include "greenlane/assessment.h"
#include "greenlane/result.h"
#include "screening/finding_pieces.h"
#include "screening/json_writer.h"
#include "screening/pack_evaluation.h"

namespace greenlane::screening {

/// What assessments of one pack have in common, written once. Immutable; any thread.
class AssessmentTexts {
 public:
  AssessmentTexts(std::shared_ptr<const criteria::CompiledPack> pack, const PackIdentity& identity);

  const criteria::CompiledPack& pack() const noexcept { return *pack_; }
  const PackIdentity& identity() const noexcept { return identity_; }
  const FindingPieces& findings() const noexcept { return findings_; }
  const std::string& pack_member() const noexcept { return pack_member_; }

 private:
  std::shared_ptr<const criteria::CompiledPack> pack_;
  PackIdentity identity_;
  std::string pack_member_;
  FindingPieces findings_;
};

/// The texts of one pack, made by the first who asks. Any thread.
class SharedTexts {
 public:
  const std::shared_ptr<const AssessmentTexts>& of(const std::shared_ptr<const criteria::CompiledPack>& pack, const PackIdentity& identity) {
    std::call_once(made_, [&] { texts_ = std::make_shared<const AssessmentTexts>(pack, identity); });
    return texts_;
  }

 private:
  std::once_flag made_;
  std::shared_ptr<const AssessmentTexts> texts_;
};

/// What a line says, for those who count.
struct ScreenedLine {
  Level level = Level::none;
  bool undetermined = false;
};

/// Writes the same bytes as Assessment::to_json(). Keeps its memory from document to document; one thread.
class BulkScreener {
 public:
  explicit BulkScreener(std::shared_ptr<const AssessmentTexts> texts) : texts_(std::move(texts)) {}

  /// Appends the assessment of `document`, without line end; nothing where there is an error. Errors: as screen().
  Result<ScreenedLine> screen(const document::Document& document, std::optional<Date> as_of, const Source* source, std::string& out);

 private:
  void write_finding(JsonWriter& out, const PackHit& hit, const document::Document& document, Date as_of);
  void write_head(JsonWriter& out, const PackHit& hit, const document::Document& document, Date as_of);
  void write_coverage(std::string& out, Date as_of);

  std::shared_ptr<const AssessmentTexts> texts_;
  PackEvaluation evaluation_;
  crypto::Sha256 sha256_;
  std::string canonical_, digest_, en_, zh_;
  const void* in_force_ = nullptr;      ///< the counts for which coverage_ was written
  std::vector<std::string> coverage_;   ///< between the numbers that differ
};

}  // namespace greenlane::screening
