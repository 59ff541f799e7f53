using AuthModule.Json;
using AuthModule.Text;
using AuthModule.Jose.Tokens;
using AuthModule.Platform;
namespace AuthModule.Mono.Smoke;

/// <summary>Keys made for these checks, as OpenSSL writes them (PBES2, AES-256-CBC).</summary>
internal static class Keys
{
    public const string Password = "smoke-password";

    public const string EncryptedRsa = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIIFLTBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0BBQwwHAQIbzIEL6NCB/YCAggA
        MAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEqBBAgW/0NxKB63QwtkWppV7h2BIIE
        0OxB/0cZ3/WYs2nuBhbsQk3JhTYsMkSeUb/ICMgfl63RoSZjeujE9Ar4Z1owv5/+
        GGDLYYcExwWzdnY0WaNiIzYamQYaTUDpTkWX1Iasn5pMNV4qhRa0cHfEiGoElKzb
        zq0Un/vJodteUGN3U04uCmELlwNHh29p4WpvQzhqe9Q6NTJ8YjhdQXg1Qbr8D0Qt
        5PDAhUDfAWG3uNzBLH2/yk/r+bXSCEjFofNl3WznFREHUdFUKMeeqHwbQ5xzmIup
        LqOrxgIG2Mbxvmq7CyVxSfHG3DHDCKwbtvSpvmlHy2UpaVJWcQmpcU7gdRM6aF00
        6x3G5a6YaDovK4ty7DPnmvf4MdQj70NaqAchJ4BdlQ8yVbLnEN4jNFYjzeGGVgAA
        L0XuDjRFAcE6hZUzOq9xRXU7O+tvNtG0I9YKw/rOx1DpR7lEGkcypL3jPDDjXTKq
        EziZi1NXZfBeisR0iYrIWBjId5WvAGxe3nHFtjIEmRPdDQhRMWeNK8XNfLRZWshx
        zmk9UWonQTEIeG9CP+JWPU6yV57aulyUyuiWBbBVDaJsOnpCrderg+ALWUmb300D
        8d5z05M7I7z8PVkY5T0XUte8g8pkrl8nIGF9dHidaQPhTcRGOUbKiHMQtqgT3K9S
        DSm7QB2WMBWaHoeBiKlEPUbkDP4OS9lLjHdEQZ2xWfe7Jm7XBRBFF9wnL1chebx0
        IONagnPesgOhnvuNbDb1k2CNF3gSp3eQih96r6FHUwww9Pbx1dQ00SoVzGlCJ0Fu
        82qVDqPB9jYiMW0xc7B749KOYWEmbbm1Ym5t022uiXozEpd7oD2uBhrF3AyJLr4V
        jAteKEUoK5Ild6fgW3T+tSwuXDiafgbbHV6wcpRLgtvL0Z8asj6EjQMuwSuS8jOt
        6LSbvdjWus4u/l1p2A+sw/yOCERSKrehCrKjxOR460TSp6yKQtQtePLzwWYtI9IE
        7WWn0Yo1sL8855yWB3fE9Kunx3J3fi+imZl2SNYqNqrtbksRdZeoE8whC3QdrzpH
        KxG7x9p237/KqZjgHEyUEnuVJaUd7OTle4FkfDQ0zod5C/Ixu25lDAdN2RpTqC9J
        bNJ0x6U2STbdHnTxdIXaICPEOgfUbF3/AW6jhSl7jt/Dh5Xw5N/vm0bneIqh2QHU
        E7Cb0b9ANcCuVJkS/D7W52imwYu+2ZgKy9sm1rTzKvSbQImLN0ZbZI9q2q29t5tl
        HHtJdUXAXL4Ae1DjjyMJ2SkIn0KaaMFT5u2JyDa0lPKaA8Cr1Cex6PiufzcTos8R
        8U06zdWhu6OWUv64Ajrk0AOa0VyjyQVoSocEP6eMQrWc0RYjls4em0kmQLA2Ybbk
        OC6TmY2+xgxLM3JkIASpPiIMQrQrKS4/56rPquj1uwfoL1nGV8g/vbGqJfVqu2Q6
        5dvSw/MgmreADNVwsLAa24GVHgkpXrZBRGd2a5J7gwES9md8o/jjeXZ6EP6BIxjo
        w3d14sgIBrnXxe+qftzGt1jWNr5SQ/a5WQComHfaAeZuz6437KF5USZQhvdwfPiP
        WzzSIJiMUidzcNvNRvd0h5PFkGRyt5LouJcnanPXDgg5sADq4QTEZtiqXudLb3Cg
        rp7ALoqHmLKVC8dMYZKvRe+Uw5qnySpKQVAanTHapkAY
        -----END ENCRYPTED PRIVATE KEY-----
        """;

    public const string EncryptedEc = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjQTw/ujbSScAICCAAw
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEJBD/VSoNFODencHzSom6m8EgZBT
        wR1oUPfy3LWuHaODov8457Ud5v5O8cD6chtmgHGqG4spew7u4O2rdQwe0DeqvuFB
        VJVo9+YEBKZI+QlvHTxbwZKWdOXriQUbsTk2GLo0CuhQ3g/Z8JUPsFe0z6PvbCuX
        Y3o8ctlxxclM3DpMKtS7soNTp7kgCV+mWK+aeQ3lwynx49qHTI612ZGjgg2Q/hU=
        -----END ENCRYPTED PRIVATE KEY-----
        """;
}
