// Random damage to bytes: what breaks on the way, and what somebody without the key would try.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "tests/differential/random.h"

namespace greenlane::test {

class Damage {
 public:
  explicit Damage(std::uint64_t seed) : random_(seed) {}

  /// `bytes` otherwise than before: a bit flipped, mostly; or a few bytes lost, doubled, put elsewhere or cut off.
  std::string of(const std::string& bytes) {
    for (;;) {
      std::string changed = bytes;
      for (std::size_t count = random_.chance(70) ? 1 : 1 + random_.below(4); count > 0 && !changed.empty(); --count) once(changed);
      if (changed != bytes) return changed;
    }
  }
  Random& random() noexcept { return random_; }

 private:
  void once(std::string& bytes) {
    const std::size_t at = random_.below(bytes.size());
    const std::size_t length = 1 + random_.below(40);
    const std::size_t choice = random_.below(20);
    if (choice == 0) {
      bytes.erase(at, length);
    } else if (choice == 1) {
      bytes.insert(at, bytes.substr(random_.below(bytes.size()), length));
    } else if (choice == 2) {
      bytes.resize(at);
    } else {
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << random_.below(8)));
    }
  }

  Random random_;
};

}  // namespace greenlane::test
