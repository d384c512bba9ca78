// Looks for secrets in the memory of this process after they should be gone.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "crypto/private_key.h"
#include "crypto/secret.h"
#include "greenlane/signer.h"
#include "tests/support/folders.h"
#include "tests/support/soft_token.h"

namespace greenlane {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

/// How often `needle` with every byte inverted stands in the writable memory of the process. The needle itself is never there.
std::size_t copies_of_inverted(const std::string& needle) {
  std::ifstream maps("/proc/self/maps");
  std::ifstream memory("/proc/self/mem", std::ios::binary);
  std::size_t found = 0;
  std::string line;
  std::string window;
  while (std::getline(maps, line)) {
    std::uintptr_t begin = 0, end = 0;
    char dash = 0;
    std::string access;
    std::istringstream(line) >> std::hex >> begin >> dash >> end >> access;
    if (access.size() < 2 || access[0] != 'r' || access[1] != 'w' || line.find("[v") != std::string::npos ||
        end - begin > (std::uintptr_t{1} << 30))
      continue;
    window.assign(end - begin, '\0');
    memory.clear();
    memory.seekg(static_cast<std::streamoff>(begin));
    memory.read(window.data(), static_cast<std::streamsize>(window.size()));
    const auto read = static_cast<std::size_t>(memory.gcount());
    for (std::size_t at = 0; at + needle.size() <= read; ++at) {
      std::size_t same = 0;
      while (same < needle.size() &&
             static_cast<unsigned char>(window[at + same]) == static_cast<unsigned char>(~static_cast<unsigned char>(needle[same])))
        ++same;
      if (same == needle.size()) ++found;
    }
    // The window is writable memory as well.
    crypto::erase(window);
  }
  return found;
}

std::string inverted(std::string bytes) {
  for (char& c : bytes) c = static_cast<char>(~static_cast<unsigned char>(c));
  return bytes;
}

TEST(SecretsInMemory, AreFoundByThisTestWhereTheyAre) {
  const std::string needle = inverted("a secret that stays");
  auto kept = std::make_unique<std::string>(inverted(needle));
  EXPECT_GE(copies_of_inverted(needle), 1u);
  crypto::erase(*kept);
  kept.reset();
}

TEST(SecretsInMemory, ThatWereAPrivateKeyAreGoneWithIt) {
  if (sanitized) GTEST_SKIP() << "a sanitizer keeps freed memory; it shows a copy whose origin is not known";
  std::string needle;
  {
    crypto::PrivateKey key = crypto::PrivateKey::generate(SignatureAlgorithm::ed25519).value();
    needle = inverted(std::string(key.der().bytes().substr(16, 32)));
    EXPECT_TRUE(key.sign("message").ok());
    const crypto::Secret pem(key.pem());
    EXPECT_TRUE(crypto::PrivateKey::from_pem(pem.bytes()).value().sign("message").ok());
  }
  EXPECT_EQ(copies_of_inverted(needle), 0u);
}

TEST(SecretsInMemory, ThatWereAPinAreGoneWithTheSigner) {
  if (sanitized) GTEST_SKIP() << "a sanitizer keeps freed memory; it shows a copy whose origin is not known";
  const test::SoftToken token("customs", "head -c 15 /dev/urandom | base64 | tr -d '\\n'");
  token.make_key("EC:prime256v1", "filing", "01");
  std::string needle = token.pin();
  for (char& c : needle) c = static_cast<char>(~static_cast<unsigned char>(c));
  {
    const auto pin = [&](const std::string&) -> Result<std::string> { return token.pin(); };
    const auto signer = pkcs11_signer({test::soft_module, "customs", "filing", "", pin}).value();
    EXPECT_TRUE(signer->sign("message").ok());
    EXPECT_GE(copies_of_inverted(needle), 1u);  // libp11 keeps it for as long as the signer lives
  }
  EXPECT_EQ(copies_of_inverted(needle), 0u);
}

}  // namespace
}  // namespace greenlane
