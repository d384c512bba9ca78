"""What the code of keys, signatures and ciphers could forget, and the tests that notice it."""


def weakenings(of):
    """All of them; `of` is that of weakenings.py."""

    def crypto(source, suite, rows):
        return of(f"sdk/src/crypto/{source}.cc", suite, rows, "crypto_tests")

    def client(source, suite, rows):
        return of(f"sdk/src/client/{source}.cc", suite, rows, "client_tests")

    keys = crypto("schemes", "Attack", [
        ("the curve is not looked at", [("(wanted.group != nullptr && !is_on_curve(key, wanted.group))", "false")],
         ["AKeyOfAnotherCurveIsNotTaken"]),
        ("type and curve are not looked at", [("if (!right_type || (wanted.group != nullptr && !is_on_curve(key, wanted.group))) {", "if (false) {")],
         ["AKeyIsNotReadUnderTheLabelOfAnotherAlgorithm", "AKeyOfAnotherCurveIsNotTaken"]),
        ("Ed25519 points of small order", [("if (scheme == Scheme::ed25519 && is_small_order(key))", "if (false)")], ["Ed25519KeysOfSmallOrderAreRefused"]),
        ("RSA of any size", [("if (is_rsa(scheme) && (", "if (false && (")], ["RsaKeysAreNeitherSmallNorEnormous"]),
    ]) + crypto("schemes", "Keys", [
        ("SM2 without a user id", [("if (scheme == Scheme::sm2_sm3 && sm2_user_id.empty())", "if (false)")], ["OfSm2NeedTheUserIdAndOthersRefuseOne"]),
        ("the user id is not signed", [("  if (scheme == Scheme::sm2_sm3) {\n    parameters", "  if (false) {\n    parameters")], ["OfSm2SignForOneUserIdOnly"]),
    ]) + crypto("public_key", "Attack", [
        ("bytes behind a key and any spelling",
         [("key == nullptr || at != data_of(der) + der.size()", "key == nullptr"), ("if (!is_spki_of(der, read))", "if (false)")], ["KeysAreDerAndNothingBehind"]),
        ("any spelling of a key", [("if (!is_spki_of(der, read))", "if (false)")], ["OneKeyHasOneIdHoweverItIsSpelled", "KeysAreDerAndNothingBehind"]),
        ("any spelling of a point", [("is_point(point, scheme == Scheme::ecdsa_p384_sha384 ? 48 : 32)", "true")], ["OneKeyHasOneIdHoweverItIsSpelled"]),
        ("a code made with the public key",
         [("  if (!valid) ERR_clear_error();", "  if (!valid && signature == hmac_of(der(), message)) return true;"),
          ("struct PublicKey::Decoded {", "static std::string hmac_of(std::string_view key, std::string_view message) { return hmac(DigestAlgorithm::sha256, key, message); }\n"
           "struct PublicKey::Decoded {"), ('#include "crypto/digest.h"', '#include "crypto/mac.h"')],
         ["ACodeMadeWithThePublicKeyAsSecretIsNoSignature"]),
        ("what is behind a signature",
         [("data_of(signature), signature.size(), data_of(message)",
           "data_of(signature), signature.size() > 2 && signature[0] == 0x30 && 2u + static_cast<unsigned char>(signature[1]) < signature.size() "
           "? 2u + static_cast<unsigned char>(signature[1]) : signature.size(), data_of(message)")], ["SignaturesAreDerAndNothingBehind"]),
        ("an error of OpenSSL is no refusal", [("data_of(message), message.size()) == 1;", "data_of(message), message.size()) != 0;")],
         ["SignaturesAreDerAndNothingBehind", "DamagedSignaturesNeverVerify"]),
        ("signatures are not verified", [("  return valid;", "  return true;")],
         ["ASignatureOfOneAlgorithmIsNoneOfAnother", "NothingIsNoSignature", "NumbersOfSignaturesAreWithinTheirRange", "Sm2AndEd25519AreNotMalleableThatWay",
          "DamagedSignaturesNeverVerify", "DamagedMessagesNeverVerify", "DamagedKeysAreRefusedOrOthers"]),
    ]) + crypto("spki", "Attack", [
        ("a point as it was spelled", [('has_curve(key) && !set_form(key, "uncompressed") ? "" : encoded_public_key(key)', "encoded_public_key(key)")],
         ["OneKeyHasOneIdHoweverItIsSpelled"]),
    ]) + crypto("pem", "Attack", [
        ("more than one block", [("if (pem.find(begin_of_block, first + begin_of_block.size()) != std::string_view::npos)", "if (false)")], ["PemIsOneBlockOfItsKind"]),
        ("any label", [("if (block.name != label)", "if (false)")], ["PemIsOneBlockOfItsKind"]),
    ]) + crypto("private_key", "Attack", [
        ("bytes behind a private key", [("info != nullptr && at == begin + der.size()", "info != nullptr")], ["KeysAreDerAndNothingBehind"]),
        ("a foreign public key beside a private one", [("if (!fitting)", "if (false)")], ["APrivateKeyWithAForeignPublicKeyIsRefused"]),
    ])
    signers = crypto("signature_form", "SignatureForm", [
        ("BER", [("signature == nullptr || der_of(*signature) != der", "signature == nullptr")], ["InDerOnly", "OfRandomNumbersComesBack"]),
    ]) + crypto("callback_signer", "CallbackSigner", [
        ("a device is believed", [("if (key_.verify(message, *made)) return made;", "return made;")], ["FindsThatItIsAnotherDevice", "FindsAnotherUserIdOfSm2"]),
    ]) + crypto("pkcs11_module", "Pkcs11", [
        ("each signer loads the module by itself", [("if (auto module = known.lock()) return module;", "")], ["SignersOfOneModuleDoNotEndEachOther"]),
    ]) + crypto("pkcs11_signer", "SecretsInMemory", [
        ("the slot that keeps the PIN never goes",
         [("  KeyHandle private_key(PKCS11_get_private_key(*found));", "  KeyHandle private_key(PKCS11_get_private_key(*found)); EVP_PKEY_free(PKCS11_get_public_key(*found));")],
         ["ThatWereAPinAreGoneWithTheSigner"]),
    ]) + crypto("pkcs11_signer", "Pkcs11", [
        ("the first of two keys", [("    if (found != nullptr) {\n", "    if (found != nullptr) break;\n    if (false) {\n")],
         ["RefusesToChooseBetweenTwoKeysOfOneLabel"]),
        ("a token that was pulled out", [("if (auto there = module_->reach(slot_, true); !there.ok()) return there.error();", "")],
         ["OfATokenThatIsPulledOutEndsWithAnErrorAndNotNever"]),
    ])
    ciphers = crypto("mac", "Mac", [
        ("a shortened code", [("return equal_in_constant_time(hmac(algorithm, key, message), mac);",
                               "return equal_in_constant_time(hmac(algorithm, key, message).substr(0, mac.size()), mac);")], ["IsTakenWholeOnly"]),
    ]) + crypto("aead", "Gcm", [
        ("a shortened tag", [("if (tag.size() != gcm_tag_bytes)", "if (tag.size() < 4)")], ["TakesNoShortTagAndNoEmptyNonce"]),
        ("the tag is not looked at", [("if (!fits) return Error{", "if (false) return Error{")], ["IsTheSameWithLongNonces"]),
    ]) + crypto("suite", "Seal", [
        ("the code is not looked at", [("if (!is_hmac(DigestAlgorithm::sm3, authentication_key(key).bytes(), authenticated(associated, start, cipher), mac))", "if (false)")],
         ["OpensWithTheSameKeySuiteAndPlaceOnly", "IsBrokenByEveryFlippedBitAndEveryLostByte"]),
        ("no borders between the parts",
         [("for (int shift = 56; shift >= 0; shift -= 8) text += static_cast<char>(associated.size() >> shift & 0xFFu);", "")], ["KeepsTheBordersBetweenItsParts"]),
        ("the counter is not authenticated", [("append(associated).append(start)", "append(associated).append(start.substr(16))")],
         ["IsBrokenByEveryFlippedBitAndEveryLostByte"]),
        ("the nonce is always the same", [("if (RAND_bytes(", "if (true) return bytes; if (RAND_bytes(")], ["NeverGivesTheSameBytesTwice"]),
    ]) + crypto("suite", "Suites", [
        ("dual is one of both", [("return international_enough && national_enough;", "return international_enough || national_enough;")], ["AskForTheirOwnSignatures"]),
        ("nobody is enough", [("if (threshold == 0) return false;", "")], ["AskForTheirOwnSignatures"]),
    ]) + crypto("secret", "Secret", [
        ("nothing is erased", [("  OPENSSL_cleanse(text.data(), text.size());\n", "")],
         ["IsOverwrittenInAllTheRoomOfItsText"]),
    ]) + crypto("secret", "SecretsInMemory", [
        ("a private key is only let go", [("  OPENSSL_cleanse(text.data(), text.size());\n", "")], ["ThatWereAPrivateKeyAreGoneWithIt"]),
    ])
    files = client("key_file", "KeyFile", [
        ("any mode that others cannot change", [("(found.st_mode & 07777u & ~0600u) != 0", "(found.st_mode & 0022u) != 0")], ["OfAWiderModeIsRefusedWithWhatToDo"]),
        ("anybody's file", [("if (found.st_uid != ::geteuid())", "if (false)")], ["OfAnotherUserIsRefused"]),
        ("links are followed", [("O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC", "O_RDONLY | O_NONBLOCK | O_CLOEXEC")], ["IsNotReachedThroughASymbolicLink"]),
        ("links are written through",
         [("if (::unlink(temporary.c_str()) != 0 && errno != ENOENT)", "if (false)"), ("NewFile::create_private(temporary)", "NewFile::create(temporary)")],
         ["IsNotWrittenThroughASymbolicLink", "IsItsOwnersAloneFromTheFirstMomentWhateverTheMask"]),
        ("keys are overwritten", [("moved.ok() && *moved == Moved::yes", "moved.ok() && std::rename(temporary.c_str(), path.c_str()) <= 0")], ["IsNeverOverwritten"]),
    ]) + client("durable_files", "KeyFile", [
        ("the mask says who may read", [("O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600", "O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666")],
         ["IsItsOwnersAloneFromTheFirstMomentWhateverTheMask"]),
        ("wide for a moment", [("O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);",
                                "O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);\n  ::fchmod(descriptor, 0600);")],
         ["IsItsOwnersAloneFromTheFirstMomentWhateverTheMask"]),
    ]) + client("key_store", "Keys", [
        ("the key of another name signs", [("(*signer)->public_key().der != record.key.der()", "false")], ["WhoseFileWasSwappedDoNotSign"]),
        ("revoked keys sign", [("  if (record.revoked_at || record.compromised_at) {", "  if (false) {")], ["ThatAreRevokedSignNoMore"]),
        ("a revocation is forgotten", [("if (record.revoked_at && !tells_more) return is_revoked(record);", ""), ("if (!record.revoked_at) record.revoked_at = now;", "record.revoked_at = now;")],
         ["AreRevokedAgainOnlyToSayMore"]),
    ]) + client("key_index", "Keys", [
        ("others may put keys there", [("found.st_uid != ::geteuid() || (found.st_mode & 022u) != 0", "false")], ["LieInAFolderAndFilesOfTheirOwnerAlone"]),
        ("what others have changed is lost", [("if (auto again = read(); !again.ok()) return again;", "")], ["OfAnotherProcessAreSeenBeforeAChange"]),
        ("no lock", [("if (!lock.ok()) return lock.error();", "")], ["AreNotChangedByTwoProcessesAtOnce"]),
    ])
    return keys + signers + ciphers + files
