// Random damage to all that is served and all that is kept: nothing is ever taken that the authority did not sign.
#include <gtest/gtest.h>

#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "tests/support/damage.h"
#include "tests/support/long_form.h"
#include "tests/support/tuf_repository.h"

namespace greenlane::trust {
namespace {

using Files = std::map<std::string, std::string, std::less<>>;

/// What is signed in a file, in the form that is signed.
std::string signed_part(const std::string& file) {
  const auto parsed = json::parse(file);
  if (!parsed.ok() || parsed->find("signed") == nullptr) return "damaged";
  const auto canonical = olpc_json(*parsed->find("signed"));
  return canonical.ok() ? *canonical : "damaged";
}

/// Whether metadata is listed with digests, and a seed.
using Setting = std::pair<bool, unsigned>;

class TufDamage : public testing::TestWithParam<Setting> {
 protected:
  TufDamage() {
    repository.with_digests = GetParam().first;
    repository.authorize("targets", test::tuf_keys({4, 5, 6}), 2);
    repository.delegate("targets", "region", {"region/*"}, test::tuf_keys({40}));
    repository.add_target("region", "region/a.json", R"({"level":"high"})");
    repository.publish({"region", "root", "targets", "snapshot", "timestamp"});
    EXPECT_TRUE(client.download("region/a.json").ok());
    before = client.store.files;
    repository.add_target("region", "region/a.json", R"({"level":"none"})");
    repository.publish({"region", "root", "targets", "snapshot", "timestamp"});
    EXPECT_TRUE(client.download("region/a.json").ok());
    after = client.store.files;
    for (const auto& [path, bytes] : repository.files) {
      if (path.starts_with("metadata/")) honest.insert(signed_part(bytes));
    }
    served = repository.files;
  }

  /// An update from the former state, with one file damaged among those that are served, or those that are kept.
  void round(test::Damage& damage) {
    client.store.files = damage.random().chance(30) ? after : before;
    repository.files = served;
    std::string what;
    if (damage.random().chance(50)) {
      const auto at = std::next(client.store.files.begin(), static_cast<std::ptrdiff_t>(damage.random().below(client.store.files.size())));
      at->second = damage.of(at->second);
      what = "kept " + at->first + "\n" + at->second;
    } else {
      const auto at = std::next(repository.files.begin(), static_cast<std::ptrdiff_t>(damage.random().below(repository.files.size())));
      at->second = damage.of(at->second);
      what = "served " + at->first + "\n" + at->second;
    }
    const Files at_first = client.store.files;
    const auto file = client.download("region/a.json");
    if (file.ok()) {
      ++taken;
      ASSERT_EQ(*file, R"({"level":"none"})") << what;
    }
    for (const auto& [role, bytes] : client.store.files) {
      const auto found = at_first.find(role);
      const bool is_new = found == at_first.end() || found->second != bytes;
      ASSERT_TRUE(!is_new || honest.count(signed_part(bytes)) == 1) << role << " after damage to what is " << what;
    }
  }

  test::TufRepository repository;
  test::TufClient client{repository};
  Files before, after;
  std::map<std::string, std::string> served;
  std::set<std::string> honest;
  unsigned taken = 0;
};

TEST_P(TufDamage, IsNeverTakenForTheAuthoritysWord) {
  test::Damage damage(GetParam().second);
  const unsigned rounds = test::rounds(250, 25'000);
  for (unsigned i = 0; i < rounds && !HasFatalFailure(); ++i) round(damage);
  // Most damage to what is kept is healed, and much of what is served is not needed; the rest is refused.
  EXPECT_GT(taken, rounds / 4);
  EXPECT_LT(taken, rounds * 9 / 10);
}

INSTANTIATE_TEST_SUITE_P(Seeds, TufDamage,
                         testing::Values(Setting{false, 1}, Setting{false, 2}, Setting{false, 3}, Setting{false, 4}, Setting{true, 5}, Setting{true, 6},
                                         Setting{true, 7}, Setting{true, 8}));

}  // namespace
}  // namespace greenlane::trust
