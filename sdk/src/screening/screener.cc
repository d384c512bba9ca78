#include "screening/screener.h"

#include <utility>

#include "crypto/digest.h"
#include "screening/finding_builder.h"
#include "screening/pack_evaluation.h"

namespace greenlane::screening {

Result<Date> as_of_date(const document::Document& document, std::optional<Date> given) {
  if (given) return *given;
  if (const auto own = document.as_of()) return *own;
  std::string fields;
  for (const std::string& path : document.table().as_of_paths()) fields += (fields.empty() ? "" : ", ") + path;
  return Error{.code = ErrorCode::invalid_argument,
               .message = "there is no date to screen for: the document does not declare " + fields + "; give the as-of date"};
}

Result<Date> date_to_screen(const criteria::CompiledPack& pack, const PackIdentity& identity, const document::Document& document,
                            std::optional<Date> as_of) {
  if (document.table().format() == pack.table()->format()) return as_of_date(document, as_of);
  return Error{.code = ErrorCode::invalid_argument,
               .message = "the pack " + identity.id + " is for " + pack.table()->format() + ", not for " + document.table().format()};
}

std::string digest_of(const document::Document& document) {
  std::string buffer;
  return "sha256:" + crypto::sha256_hex(document.canonical(buffer));
}

Result<Assessment> screen(const std::shared_ptr<const criteria::CompiledPack>& pack, const PackIdentity& identity,
                          const document::Document& document, std::optional<Date> as_of, const Budget& budget) {
  const auto date = date_to_screen(*pack, identity, document, as_of);
  if (!date.ok()) return date.error();
  Assessment made;
  made.declaration_id = document.id();
  made.declaration_digest = digest_of(document);
  made.pack = identity;
  made.as_of = *date;
  DocumentView view(*pack, document, *date);
  PackEvaluation evaluation;
  if (auto done = evaluation.run(*pack, view, budget); !done.ok()) return done.error();
  made.level = evaluation.level();
  made.coverage = evaluation.coverage();
  // The pack owns the criteria; sharing them keeps it alive as long as the assessment.
  const auto shared = [&](const criteria::CompiledCriterion& criterion) {
    return std::shared_ptr<const CriterionInfo>(pack, &criterion.source.info);
  };
  for (const PackHit& each : evaluation.hits()) {
    made.findings.push_back(build_finding(*each.criterion, shared(*each.criterion), each.hit, document, *date));
  }
  for (const PackUndetermined& each : evaluation.undetermined()) {
    made.undetermined.push_back({shared(*each.criterion), each.missing, each.error});
  }
  return made;
}

}  // namespace greenlane::screening
