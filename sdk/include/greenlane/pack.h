// Criteria packs: those that screening takes, and what the authors of an enterprise's own do with theirs.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "greenlane/assessment.h"
#include "greenlane/criterion.h"
#include "greenlane/export.h"
#include "greenlane/result.h"

namespace greenlane {

template <typename T>
class Verified;
class LocalPack;
class PublishedPack;
namespace criteria {
class CompiledPack;
}
namespace screening {
class SharedTexts;
}
namespace trust {
struct TargetFile;
}
namespace client {
struct PublishedAs;
Result<PublishedPack> compile_published(const Verified<trust::TargetFile>& file, const PublishedAs& as);
}  // namespace client
GREENLANE_EXPORT Result<LocalPack> load_local_pack(const std::string& path);

/// Criteria ready for screening, checked and compiled, their own tests passed: a LocalPack or a PublishedPack. Cheap to copy,
/// also from either of the two; identity() says which it was. Immutable; any thread.
class GREENLANE_EXPORT Pack {
 public:
  const PackIdentity& identity() const noexcept { return identity_; }
  /// Format of the documents that it screens, such as "greenlane.declaration/1".
  const std::string& applies_to() const noexcept;
  const Text& title() const noexcept;
  const Text& authority() const noexcept;
  /// What readers must know about the pack, such as that it is a sample.
  const Text& notice() const noexcept;
  /// What the author says a level means to the trader; empty where nothing is said.
  const Text& grading(Level level) const noexcept;
  /// All versions of all criteria, by id and version.
  std::vector<std::shared_ptr<const CriterionInfo>> criteria() const;

  const std::shared_ptr<const criteria::CompiledPack>& compiled() const noexcept { return compiled_; }
  const std::shared_ptr<screening::SharedTexts>& texts() const noexcept { return texts_; }

 protected:
  Pack(std::shared_ptr<const criteria::CompiledPack> compiled, std::string provenance, std::string freshness);

 private:
  std::shared_ptr<const criteria::CompiledPack> compiled_;
  PackIdentity identity_;
  std::shared_ptr<screening::SharedTexts> texts_;  ///< for bulk screening; copies of the pack share them
};

/// A pack that nobody signed. Every assessment made with it says "local". Only load_local_pack() makes one.
class GREENLANE_EXPORT LocalPack : public Pack {
 private:
  explicit LocalPack(std::shared_ptr<const criteria::CompiledPack> compiled);
  friend Result<LocalPack> load_local_pack(const std::string& path);
};

/// A pack that an authority has published and that was verified. Every assessment made with it says "published" and how fresh
/// it was when it was loaded. Only a home (greenlane/home.h) has them: no bytes become one without verification.
class GREENLANE_EXPORT PublishedPack : public Pack {
 private:
  PublishedPack(std::shared_ptr<const criteria::CompiledPack> compiled, std::string freshness);
  friend Result<PublishedPack> client::compile_published(const Verified<trust::TargetFile>& file, const client::PublishedAs& as);
};

/// Something to mend in a pack, or to think about.
struct PackProblem {
  bool is_error = true;  ///< false: a warning
  Error error;
};

/// How one of a criterion's tests went.
struct PackTestResult {
  std::string criterion;  ///< "ID@VERSION"
  std::string test;
  bool passed = false;
  std::string expected;   ///< "hit", "clear" or "undetermined"
  std::string outcome;    ///< the same words, or what went wrong
  std::vector<std::string> expected_missing;  ///< where the test names pointers
  std::vector<std::string> missing;
};

/// Loads a pack from a folder of sources or from a built file, and runs its own tests. Errors: io,
/// not_found, invalid_json, invalid_document, invalid_pack, invalid_expression, limit_exceeded,
/// failed_test; each with file and pointer, expressions also with line and column.
GREENLANE_EXPORT Result<LocalPack> load_local_pack(const std::string& path);

/// Everything that is wrong or doubtful with the pack at `path`; its tests are not run.
GREENLANE_EXPORT std::vector<PackProblem> lint_pack(const std::string& path);

/// Runs the tests of the pack at `path`. An error where the pack does not compile.
GREENLANE_EXPORT Result<std::vector<PackTestResult>> test_pack(const std::string& path);

/// The bytes of the built pack, for a pack without errors whose tests pass.
GREENLANE_EXPORT Result<std::string> build_pack(const std::string& path);

/// How two packs differ, criterion by criterion.
struct GREENLANE_EXPORT PackDifference {
  std::string criterion;  ///< "ID@VERSION", or "list NAME", or "pack"
  std::string change;     ///< "added", "removed" or "changed"
  std::vector<std::string> members;  ///< what of it changed: "when", "level", …

  /// {"criterion", "change", "members"}, in one line without line end.
  std::string to_json() const;
};
GREENLANE_EXPORT Result<std::vector<PackDifference>> diff_packs(const std::string& old_path,
                                                               const std::string& new_path);

}  // namespace greenlane
